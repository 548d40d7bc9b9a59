using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

/// <summary>A channel of a <see cref="ScriptedPublisher"/>.</summary>
internal sealed class ScriptedChannel(ScriptedPublisher publisher, IPublishReceipts receipts) : IPublishChannel
{
    private readonly CancellationTokenSource _closed = new();

    /// <summary>The broker closes it.</summary>
    public void Lose(string reason, bool isFaultOfAnEvent)
    {
        _closed.Cancel();
        receipts.Lost(new PublishingException(reason), isFaultOfAnEvent);
    }

    /// <summary>The broker takes nothing for now.</summary>
    public void Block(string reason) => receipts.Blocked(new PublishingException(reason));

    /// <summary>It takes events again.</summary>
    public void Unblock() => receipts.Unblocked();

    public ValueTask SendAsync(PublishReceipt attempt, CancellationToken cancellationToken)
    {
        _ = publisher.SendAsync(attempt, receipts, _closed.Token);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _closed.Cancel();
        publisher.Close(this);
        return ValueTask.CompletedTask;
    }
}
