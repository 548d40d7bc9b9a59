using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>Hands an event to the broker.</summary>
internal interface IEventPublisher
{
    /// <summary>Completes when the broker has confirmed the event; fails when it has not, in time or at all.</summary>
    Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken);
}
