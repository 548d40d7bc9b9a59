using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Pictures of the meeting: one event for each id.</summary>
internal static class Snapshots
{
    public static void Apply(MeetingDraft draft, IReadOnlyList<Wire.Snapshot> snapshots)
    {
        foreach (var snapshot in snapshots)
        {
            if (snapshot.Id is not { } id)
            {
                draft.LeaveOut(Unrecognized.EntryWithoutId);
                continue;
            }

            if (draft.State.Snapshots.Contains(id) || draft.State.FormerSnapshots.Contains(id))
                continue;

            draft.State = draft.State with { Snapshots = draft.State.Snapshots.Add(id) };
            draft.Add(
                new SnapshotTaken
                {
                    SnapshotId = id,
                    Name = snapshot.Name,
                    DownloadUrl = snapshot.Links?.Download,
                    TakenBy = Users.ToContract(snapshot.Creator),
                },
                EventIdentity.Snapshot(id),
                snapshot.CreatedAt,
                snapshot.Room?.StartedAt);
        }
    }
}
