using EyesonBridge.Outbox;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>A publisher of which a test learns that the broker takes nothing for now.</summary>
internal sealed class WatchedPublisher(IEventPublisher publisher) : IEventPublisher
{
    private const string Opened = "opened";
    private const string Blocked = "blocked";

    private readonly SignalledList<string> _happened = new();

    /// <summary>Completes when every channel that is open has been told so.</summary>
    public Task WhenBlockedAsync(CancellationToken cancellationToken) => _happened.WhenAsync(
        "every channel is blocked", static happened => happened.Contains(Blocked) && happened.Count(each => each is Blocked) >= happened.Count(each => each is Opened), cancellationToken);

    public async Task<IPublishChannel> OpenAsync(IPublishReceipts receipts, CancellationToken cancellationToken)
    {
        var channel = await publisher.OpenAsync(new Receipts(receipts, () => _happened.Add(Blocked)), cancellationToken);
        _happened.Add(Opened);
        return channel;
    }

    private sealed class Receipts(IPublishReceipts receipts, Action told) : IPublishReceipts
    {
        public void Confirmed(Span<PublishReceipt> confirmed) => receipts.Confirmed(confirmed);

        public void Refused(PublishReceipt receipt, Exception reason) => receipts.Refused(receipt, reason);

        public void Blocked(Exception reason)
        {
            receipts.Blocked(reason);
            told();
        }

        public void Unblocked() => receipts.Unblocked();

        public void Lost(Exception reason, bool isFaultOfAnEvent) => receipts.Lost(reason, isFaultOfAnEvent);
    }
}
