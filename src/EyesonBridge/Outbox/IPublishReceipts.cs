namespace EyesonBridge.Outbox;

/// <summary>Is told what becomes of the events that were sent on a channel. Called from any thread, one call at a time.</summary>
internal interface IPublishReceipts
{
    /// <summary>The broker has taken these over.</summary>
    /// <param name="receipts">What it says so of; is changed.</param>
    void Confirmed(Span<PublishReceipt> receipts);

    /// <summary>This one was refused; the channel goes on.</summary>
    void Refused(PublishReceipt receipt, Exception reason);

    /// <summary>The broker says that it takes nothing for now. What was sent will be told of when it does again.</summary>
    void Blocked(Exception reason);

    /// <summary>The broker takes events again.</summary>
    void Unblocked();

    /// <summary>The channel is lost: what was not told of yet will not be told of.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="isFaultOfAnEvent">True when one of the events was the reason, as opposed to the connection or the broker.</param>
    void Lost(Exception reason, bool isFaultOfAnEvent);
}
