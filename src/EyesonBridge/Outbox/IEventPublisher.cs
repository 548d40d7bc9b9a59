namespace EyesonBridge.Outbox;

/// <summary>Opens ways to the broker.</summary>
internal interface IEventPublisher
{
    /// <summary>Opens a way.</summary>
    /// <param name="receipts">Told what becomes of each event that is sent on it, and when it is lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PublishingException">The broker cannot be reached, or rejects the connection.</exception>
    Task<IPublishChannel> OpenAsync(IPublishReceipts receipts, CancellationToken cancellationToken);
}
