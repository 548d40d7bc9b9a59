namespace EyesonBridge.Outbox;

/// <summary>A way to the broker: what is sent on it arrives in that order, or not at all.</summary>
internal interface IPublishChannel : IAsyncDisposable
{
    /// <summary>
    /// Sends an event; completes when the next can follow, which is long before the broker confirms. What becomes of it is
    /// told to the receipts of the channel.
    /// </summary>
    /// <exception cref="Exception">The channel can be used no more.</exception>
    ValueTask SendAsync(PublishReceipt attempt, CancellationToken cancellationToken);
}
