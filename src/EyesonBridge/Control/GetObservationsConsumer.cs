using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Reports which rooms the bridge knows, and the status of each observation.</summary>
internal sealed class GetObservationsConsumer(IBridgeStore store) : IConsumer<GetObservations>
{
    public async Task Consume(ConsumeContext<GetObservations> context)
    {
        var rooms = await store.ListRoomsAsync(context.CancellationToken);
        await context.AnswerAsync(new Observations { Items = [.. rooms.Select(ToContract)] });
    }

    private static Contracts.V1.Observation ToContract(RoomSummary room) => new()
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
