using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Live streams: the wire carries all that are on.</summary>
internal static class Broadcasts
{
    public static void Apply(MeetingDraft draft, IReadOnlyList<Wire.Broadcast> broadcasts)
    {
        var isWhole = broadcasts.All(broadcast => broadcast.Id is not null);
        if (!isWhole)
            draft.LeaveOut(Unrecognized.EntryWithoutId);

        var difference = ListDifference<Broadcast>.Between(
            draft.State.Broadcasts,
            broadcasts.Where(broadcast => broadcast.Id is not null).Select(ToContract),
            broadcast => broadcast.Id,
            isWhole);

        if (difference.Now != draft.State.Broadcasts)
            draft.State = draft.State with { Broadcasts = difference.Now };
        foreach (var ended in difference.Ended)
            draft.Add(new BroadcastStopped { Broadcast = ended });
        foreach (var began in difference.Began)
            draft.Add(new BroadcastStarted { Broadcast = began });
    }

    private static Broadcast ToContract(Wire.Broadcast broadcast) => new()
    {
        Id = broadcast.Id!,
        Platform = broadcast.Platform,
        PlayerUrl = broadcast.PlayerUrl,
        StartedBy = Users.ToContract(broadcast.User),
    };
}
