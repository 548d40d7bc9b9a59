using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Bus;

/// <summary>Publishes events through MassTransit; a publish completes with the broker's confirm.</summary>
internal sealed class MassTransitPublisher(IBus bus, UnroutedEvents unrouted) : IEventPublisher
{
    public async Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var happened = EventSerializer.Read(entry.Type, entry.Payload);
        try
        {
            await bus.Publish(happened, happened.GetType(), context => Describe(context, entry), cancellationToken);
        }
        catch (MessageReturnedException)
        {
            unrouted.Note(entry.Type); // the broker has it in hand, and nobody to give it to
        }
    }

    private static void Describe(PublishContext context, OutboxEntry entry)
    {
        context.MessageId = entry.EventId;
        context.Durable = true;
        context.Mandatory = true;
        context.TrySetRoutingKey(entry.RoomId);
        context.Headers.Set(EventHeaders.RoomId, entry.RoomId);
        context.Headers.Set(EventHeaders.EventType, entry.Type);
        context.Headers.Set(EventHeaders.Sequence, entry.Sequence);
        if (entry.TraceParent is { } traceParent)
            context.Headers.Set(EventHeaders.TraceParent, traceParent);
    }
}
