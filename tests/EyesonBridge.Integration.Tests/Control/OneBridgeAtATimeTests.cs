using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>Several bridges at one control queue: commands that follow each other must not be carried out side by side.</summary>
public sealed class OneBridgeAtATimeTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string ApiKey = "one-at-a-time-key";
    private const int Rooms = 20;

    private EyesonSimulator _eyeson = null!;
    private WorkerEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _eyeson = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _environment = new WorkerEnvironment(_eyeson.Url, ApiKey, rabbit.Url, "one");
    }

    public async ValueTask DisposeAsync()
    {
        await _eyeson.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Commands_TwoBridgesAtTheQueue_AllGoToOneUntilItIsGone()
    {
        await using var first = await _environment.StartReadyAsync(Cancellation);
        await using var second = await BridgeProcess.StartReadyAsync(_environment.SettingsFor(_environment.Folder.Combine("second.db")), Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);

        await ObserveAsync(control, first, "before");
        Assert.DoesNotContain(second.Output.Items, IsObserving);
        await first.KillAsync();

        await ObserveAsync(control, second, "after");
    }

    private static bool IsObserving(string line) => line.Contains("[3000]", StringComparison.Ordinal);

    private async Task ObserveAsync(ControlSender control, BridgeProcess bridge, string name)
    {
        var rooms = Enumerable.Range(0, Rooms).Select(_ => _eyeson.CreateRoom(RabbitMqServer.UniqueName(name))).ToList();
        foreach (var room in rooms)
            await control.SendAsync("ObserveRoom", $$"""{"roomId":"{{room.Id}}"}""", Cancellation);
        await bridge.Output.WhenAsync("all rooms", lines => lines.Count(IsObserving) >= Rooms, Cancellation);
    }
}
