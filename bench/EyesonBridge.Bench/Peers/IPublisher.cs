namespace EyesonBridge.Bench.Peers;

/// <summary>Publishes events, so many at a time without a confirm.</summary>
internal interface IPublisher : IAsyncDisposable
{
    Task PublishAsync(int room, long number);

    Task WhenConfirmedAsync();
}
