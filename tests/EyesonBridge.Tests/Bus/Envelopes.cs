using EyesonBridge.Bus;
using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Bus;

/// <summary>Makes envelopes without a bus.</summary>
internal static class Envelopes
{
    public static EventEnvelope Of { get; } = new(static () => new EventAddresses(
        "rabbitmq://broker/bridge?temporary=true", static type => $"rabbitmq://broker/{type.Namespace}:{type.Name}"));

    public static OutboxWriter Writer { get; } = new(Of);
}
