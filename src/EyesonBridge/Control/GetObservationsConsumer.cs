using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Reports which rooms the bridge knows, and the status of each observation, a page at a time.</summary>
internal sealed class GetObservationsConsumer(IBridgeStore store) : IConsumer<GetObservations>
{
    public async Task Consume(ConsumeContext<GetObservations> context) =>
        await context.AnswerAsync(await ReadAsync(context.Message, context.CancellationToken));

    /// <summary>The page that is asked for.</summary>
    public async Task<Observations> ReadAsync(GetObservations command, CancellationToken cancellationToken)
    {
        var limit = ObservationPage.Limit(command.Limit);
        var query = new RoomQuery(command.Statuses ?? [], command.After ?? "", limit + 1); // one more tells whether there are more
        var rooms = await store.ListRoomsAsync(query, cancellationToken);
        var count = ObservationPage.Fitting(rooms, limit);
        return new Observations
        {
            Items = [.. rooms.Take(count).Select(ToContract)],
            Next = count < rooms.Count ? rooms[count - 1].RoomId : null,
            Total = query.After.Length == 0 ? await store.CountRoomsAsync(cancellationToken) : null,
        };
    }

    /// <summary>A room as consumers see it.</summary>
    internal static Contracts.V1.Observation ToContract(RoomSummary room) => new()
    {
        RoomId = room.RoomId,
        Account = room.Account,
        Status = room.Status,
        StatusSince = room.StatusSince,
        Reason = room.Reason,
        WantedBy = room.WantedBy,
        WaitUntil = room.WaitUntil,
        Sequence = room.Sequence,
        MeetingId = room.MeetingId,
        Owner = room.Owner,
    };
}
