using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Observation;

/// <summary>Tells that the outbox has more in it.</summary>
internal sealed class CommitSignal : IOutboxReceiver
{
    public AsyncSignal Signal { get; } = new();

    public void Committed(IReadOnlyList<OutboxEntry> entries) => Signal.Set();

    public void Adopt(IReadOnlyList<LeftRoom> rooms)
    {
    }

    public void Withhold(IReadOnlyList<string> roomIds)
    {
    }

    public void Resume(IReadOnlyList<string> roomIds)
    {
    }

    public void Retain(IReadOnlySet<string> roomIds)
    {
    }

    public Task<IReadOnlyList<string>> WithoutRestAsync(IReadOnlyList<string> roomIds, bool leaveUnreadable, CancellationToken cancellationToken) => Task.FromResult(roomIds);
}
