using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Takes back the wish to have a room observed.</summary>
internal sealed class StopObservingRoomConsumer(IBridgeStore store, ILogger<StopObservingRoomConsumer> logger) : IConsumer<StopObservingRoom>
{
    public async Task Consume(ConsumeContext<StopObservingRoom> context)
    {
        var roomId = context.Message.RoomId;
        CommandSpans.NoteRoom(roomId);
        if (RoomIdRule.Check(roomId) is { } rejection)
        {
            await context.RejectAsync(rejection, logger);
            return;
        }

        var wasRegistered = await store.UnregisterRoomAsync(roomId, IntentSources.Command, context.CancellationToken);
        if (wasRegistered)
            logger.RoomUnregistered(roomId);
        await context.AnswerAsync(new ObservationStopped { RoomId = roomId, WasRegistered = wasRegistered });
    }
}
