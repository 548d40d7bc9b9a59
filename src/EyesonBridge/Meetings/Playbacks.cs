using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Media files: the wire carries all that play.</summary>
internal static class Playbacks
{
    public static void Apply(MeetingDraft draft, IReadOnlyList<Wire.Playback> playing)
    {
        var isWhole = playing.All(playback => playback.PlayId is not null);
        if (!isWhole)
            draft.LeaveOut(Unrecognized.EntryWithoutId);

        var difference = ListDifference<Playback>.Between(
            draft.State.Playbacks,
            playing.Where(playback => playback.PlayId is not null).Select(ToContract),
            playback => playback.PlayId,
            isWhole);

        if (difference.Now != draft.State.Playbacks)
            draft.State = draft.State with { Playbacks = difference.Now };
        foreach (var ended in difference.Ended)
            draft.Add(new PlaybackEnded { Playback = ended });
        foreach (var began in difference.Began)
            draft.Add(new PlaybackStarted { Playback = began });
    }

    private static Playback ToContract(Wire.Playback playback) => new()
    {
        PlayId = playback.PlayId!,
        Url = playback.Url,
        Name = playback.Name,
        HasAudio = playback.Audio ?? false,
        LoopCount = playback.LoopCount,
        ReplacementId = playback.ReplacementId,
    };
}
