using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>A consumer that follows what begins and ends, and minds when something begins twice or ends without having begun.</summary>
internal sealed class WhatIsGoingOn
{
    private readonly SortedSet<string> _open = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Open => _open;

    /// <summary>The same, as the state has it.</summary>
    public static IReadOnlyCollection<string> Of(MeetingState state) => new SortedSet<string>(
        [
            .. state.Participants.Select(Key),
            .. state.Broadcasts.Select(Key),
            .. state.Playbacks.Select(Key),
            .. state.Presentation is { } presentation ? [Key(presentation)] : Array.Empty<string>(),
        ],
        StringComparer.Ordinal);

    public void Take(RoomEvent happened)
    {
        switch (happened)
        {
            case ParticipantJoined joined:
                Begin(Key(joined.Participant));
                break;
            case ParticipantLeft left:
                End(Key(left.Participant));
                break;
            case BroadcastStarted started:
                Begin(Key(started.Broadcast));
                break;
            case BroadcastStopped stopped:
                End(Key(stopped.Broadcast));
                break;
            case PlaybackStarted started:
                Begin(Key(started.Playback));
                break;
            case PlaybackEnded ended:
                End(Key(ended.Playback));
                break;
            case PresentationStarted started:
                Assert.DoesNotContain(_open, key => key.StartsWith("presentation", StringComparison.Ordinal));
                Begin(Key(started.Presentation));
                break;
            case PresentationStopped stopped:
                End(Key(stopped.Presentation));
                break;
            case MeetingEnded:
                Assert.Empty(_open);
                break;
        }
    }

    private static string Key(Participant participant) => $"participant {participant.Id}";

    private static string Key(Broadcast broadcast) => $"broadcast {broadcast.Id}";

    private static string Key(Playback playback) => $"playback {playback.PlayId}";

    private static string Key(Presentation presentation) => $"presentation {presentation.PresentedBy?.Id}";

    private void Begin(string key) => Assert.True(_open.Add(key), $"{key} began twice.");

    private void End(string key) => Assert.True(_open.Remove(key), $"{key} ended and had not begun.");
}
