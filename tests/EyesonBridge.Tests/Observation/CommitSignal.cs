using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Observation;

/// <summary>Tells that the outbox has more in it.</summary>
internal sealed class CommitSignal : IOutboxReceiver
{
    public AsyncSignal Signal { get; } = new();

    public void Committed(IReadOnlyList<OutboxEntry> entries) => Signal.Set();
}
