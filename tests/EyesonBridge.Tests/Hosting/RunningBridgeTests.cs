namespace EyesonBridge.Tests.Hosting;

public sealed class RunningBridgeTests
{
    [Fact(Timeout = 60_000)]
    public async Task WhenStopped_AskedToStop_StopsAndCanBeDisposedOf()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var fixture = await BridgeFixture.StartAsync(TestContext.Current.CancellationToken);

        var stopped = fixture.Bridge.WhenStoppedAsync(stop.Token);
        await stop.CancelAsync();

        await stopped; // what follows stops a host that has been stopped, as the command 'run' does
    }
}
