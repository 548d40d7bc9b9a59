using EyesonBridge.Outbox;
using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.Logging;

namespace EyesonBridge.Bus;

/// <summary>Publishes through MassTransit's in-memory transport, one event after the other.</summary>
internal sealed class InMemoryPublisher(IBus bus, TimeProvider time) : IEventPublisher
{
    public Task<IPublishChannel> OpenAsync(IPublishReceipts receipts, CancellationToken cancellationToken) =>
        Task.FromResult<IPublishChannel>(new Channel(bus, receipts, time));

    private sealed class Channel(IBus bus, IPublishReceipts receipts, TimeProvider time) : IPublishChannel
    {
        public async ValueTask SendAsync(PublishReceipt attempt, CancellationToken cancellationToken)
        {
            var publication = attempt.Publication;
            try
            {
                var happened = EventEnvelope.Read(publication.Entry);
                var span = publication.BeginSpan($"{happened.GetType().Namespace}:{happened.GetType().Name}", server: null, time);
                await bus.Publish(
                    happened,
                    happened.GetType(),
                    context =>
                    {
                        var entry = publication.Entry;
                        context.MessageId = entry.EventId;
                        context.Headers.Set(EventHeaders.RoomId, entry.RoomId);
                        context.Headers.Set(EventHeaders.EventType, entry.Type);
                        context.Headers.Set(EventHeaders.Sequence, entry.Sequence);
                        if (entry.StreamId is { } streamId)
                            context.Headers.Set(EventHeaders.StreamId, streamId);
                        if ((span?.TraceParent ?? entry.TraceParent) is not { } traceParent)
                            return;

                        context.Headers.Set(EventHeaders.TraceParent, traceParent);
                        if (BridgeTelemetry.IsTracing)
                            context.Headers.Set(DiagnosticHeaders.ActivityId, traceParent);
                    },
                    cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                receipts.Refused(attempt, error);
                return;
            }

            receipts.Confirmed([attempt]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
