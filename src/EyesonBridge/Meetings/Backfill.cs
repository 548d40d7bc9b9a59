using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>What REST says about a gap: recordings and snapshots that were made while the room was not observed.</summary>
internal static class Backfill
{
    /// <summary>Clocks differ; what was made shortly before the gap is already known, and is recognised by its id.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The moment since when to ask.</summary>
    public static DateTimeOffset AskSince(DateTimeOffset gapFrom) => gapFrom - Slack;

    /// <summary>Says what was not said yet, and that the gap is filled.</summary>
    public static MeetingChange Apply(
        MeetingState state,
        DateTimeOffset gapFrom,
        IReadOnlyList<Wire.Recording> recordings,
        IReadOnlyList<Wire.Snapshot> snapshots,
        FrameContext context)
    {
        var draft = new MeetingDraft(state, context with { Origin = EventOrigin.Backfill });
        foreach (var recording in recordings.OrderBy(recording => recording.CreatedAt))
        {
            // A recording that began before the gap is known by its id; one that is not known was made in it.
            if (recording.Id is { } id && (state.SaidOf(id) != RecordingPhases.None || IsSince(recording.CreatedAt, gapFrom)))
                Recordings.CatchUp(draft, recording);
        }

        Snapshots.Apply(draft, [.. snapshots.Where(snapshot => IsSince(snapshot.CreatedAt, gapFrom)).OrderBy(snapshot => snapshot.CreatedAt)]);
        draft.State = draft.State with { GapFrom = null, GapTo = null };
        return draft.ToChange();
    }

    private static bool IsSince(DateTimeOffset? createdAt, DateTimeOffset gapFrom) => createdAt is { } at && at >= AskSince(gapFrom);
}
