using System.Collections.Frozen;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.Logging;

namespace EyesonBridge.Bus;

/// <summary>Publishes events through MassTransit; a publish completes with the broker's confirm.</summary>
internal sealed class MassTransitPublisher(IBus bus, UnroutedEvents unrouted, TimeProvider time) : IEventPublisher
{
    /// <summary>The exchange of each event: MassTransit names it after the type.</summary>
    private static readonly FrozenDictionary<Type, string> Exchanges =
        EventSerializer.Types.ToFrozenDictionary(type => type, type => $"{type.Namespace}:{type.Name}");

    public async Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var happened = EventSerializer.Read(entry.Type, entry.Payload);
        var message = new PublishedMessage(entry.EventId, entry.Type, entry.RoomId, entry.Sequence, entry.CreatedAt, entry.TraceParent);
        using var span = PublishSpan.Start(message, Exchanges[happened.GetType()], time);
        try
        {
            await bus.Publish(happened, happened.GetType(), context => Describe(context, entry, span), cancellationToken);
            span.Confirmed(happened.ObservedAt, isRouted: true);
        }
        catch (MessageReturnedException)
        {
            span.Confirmed(happened.ObservedAt, isRouted: false);
            unrouted.Note(entry.Type); // the broker accepted it, but has no queue for it
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }

    private static void Describe(PublishContext context, OutboxEntry entry, PublishSpan span)
    {
        context.MessageId = entry.EventId;
        context.Durable = true;
        context.Mandatory = true;
        context.TrySetRoutingKey(entry.RoomId);
        context.Headers.Set(EventHeaders.RoomId, entry.RoomId);
        context.Headers.Set(EventHeaders.EventType, entry.Type);
        context.Headers.Set(EventHeaders.Sequence, entry.Sequence);
        if (span.TraceParent is { } traceParent)
            context.Headers.Set(EventHeaders.TraceParent, traceParent);
        if (span.IsTraced)
            context.Headers.Set(DiagnosticHeaders.ActivityId, span.TraceParent); // MassTransit's consumers look here, and nowhere else
    }
}
