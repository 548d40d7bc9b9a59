using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Bus;

/// <summary>Makes envelopes without a bus.</summary>
internal static class Envelopes
{
    private static readonly EventEnvelope Envelope = new(static () => new EventAddresses(
        "rabbitmq://broker/bridge?temporary=true", static type => $"rabbitmq://broker/{type.Namespace}:{type.Name}"));

    public static OutboxWriter Writer { get; } = new();

    /// <summary>The envelope of an entry.</summary>
    public static byte[] Of(OutboxEntry entry) => Envelope.Of(entry, new EnvelopeBuffer()).ToArray();

    /// <summary>The envelope of an event.</summary>
    public static byte[] Of(RoomEvent happened, string? traceParent) => Of(new OutboxEntry(
        1, happened.RoomId, happened.Sequence, happened.EventId, happened.GetType().Name, EventSerializer.Write(happened), traceParent, DateTimeOffset.UnixEpoch, happened.StreamId));
}
