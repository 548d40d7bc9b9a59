using System.ComponentModel;
using EyesonBridge.Meetings;

namespace EyesonBridge.Management.Status;

[Description("What is known of the meeting in a room, without names, addresses or texts.")]
internal sealed record MeetingSummary
{
    [Description("When it started; null while that is not known.")]
    public DateTimeOffset? StartedAt { get; init; }

    [Description("True once it is over.")]
    public required bool IsOver { get; init; }

    [Description("True when nobody else can join; null while that is not known.")]
    public bool? IsLocked { get; init; }

    [Description("How many take part.")]
    public required int Participants { get; init; }

    [Description("How many of them are guests.")]
    public required int Guests { get; init; }

    [Description("True while it is recorded.")]
    public required bool IsRecording { get; init; }

    [Description("True while somebody presents.")]
    public required bool IsPresenting { get; init; }

    [Description("How many broadcasts run.")]
    public required int Broadcasts { get; init; }

    [Description("How many media are played.")]
    public required int Playbacks { get; init; }

    [Description("How many recordings of meetings that are over are waited for.")]
    public required int RecordingsToFollow { get; init; }

    [Description("Since when recordings and snapshots are still to be fetched over REST; null when nothing is.")]
    public DateTimeOffset? FetchesSince { get; init; }

    /// <param name="state">The state of the meeting.</param>
    public static MeetingSummary Of(MeetingState state) => new()
    {
        StartedAt = state.StartedAt,
        IsOver = state.IsOver,
        IsLocked = state.IsLocked,
        Participants = state.Participants.Length,
        Guests = state.Participants.Count(static participant => participant.IsGuest),
        IsRecording = state.Recording is not null,
        IsPresenting = state.Presentation is not null,
        Broadcasts = state.Broadcasts.Length,
        Playbacks = state.Playbacks.Length,
        RecordingsToFollow = state.ToFollow.Count,
        FetchesSince = state.GapFrom,
    };
}
