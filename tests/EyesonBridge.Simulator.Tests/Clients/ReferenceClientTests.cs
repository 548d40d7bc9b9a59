using System.Text.Json;

namespace EyesonBridge.Simulator.Tests.Clients;

/// <summary>The clients that others wrote understand the simulator as they understand a real server.</summary>
public sealed class ReferenceClientTests(NodeClients node) : IClassFixture<NodeClients>
{
    [Fact]
    public async Task AnyCableCore_WholeLifeOfASocket_SeesWhatItExpects()
    {
        await using var simulator = await StartAsync();

        var seen = await node.ConverseAsync("anycable.mjs", simulator);

        Assert.Equal("actioncable-v1-json", Text(seen, "protocol"));
        Assert.Equal("main", Text(seen, "state", "content", "id"));
        Assert.True(seen.GetProperty("ping").GetInt64() > 1_700_000_000);
        Assert.Equal("Hello", Text(seen, "chat", "content"));
        Assert.Equal("in_pieces", Text(seen, "inPieces", "type"));
        Assert.Equal("server_restart", Text(seen, "restart", "reason"));
        Assert.True(seen.GetProperty("afterRestart").GetProperty("reconnect").GetBoolean());
        Assert.Equal("room_update", Text(seen, "stateAfterRestart", "type"));
        Assert.All(["fin", "rst", "close"], kind => Assert.Equal("transport_closed", Text(seen, kind, "reason")));
        Assert.Equal("room_update", Text(seen, "stateBeforeLateConfirmation", "type"));
        Assert.Equal("unauthorized", Text(seen, "unauthorized", "reason"));
        Assert.Equal("SubscriptionRejectedError", Text(seen, "rejected", "error"));
        Assert.True(seen.GetProperty("shutdown").GetProperty("content").GetProperty("shutdown").GetBoolean());
        Assert.Equal("transport_closed", Text(seen, "lastDisconnect", "reason"));
        Assert.Equal("unauthorized", Text(seen, "end", "reason"));
    }

    [Fact]
    public async Task RailsActionCable_WholeLifeOfASocket_SeesWhatItExpects()
    {
        await using var simulator = await StartAsync();

        var seen = await node.ConverseAsync("rails.mjs", simulator);

        Assert.Equal("actioncable-v1-json", Text(seen, "protocol"));
        Assert.False(seen.GetProperty("subscribed").GetProperty("reconnected").GetBoolean());
        Assert.Equal("main", Text(seen, "state", "content", "id"));
        Assert.Equal("Hello", Text(seen, "chat", "content"));
        Assert.True(seen.GetProperty("restart").GetProperty("again").GetBoolean());
        Assert.True(seen.GetProperty("afterRestart").GetProperty("reconnected").GetBoolean());
        Assert.False(seen.GetProperty("unauthorized").GetProperty("again").GetBoolean());
        Assert.True(seen.GetProperty("rejected").GetBoolean());
        Assert.True(seen.GetProperty("shutdown").GetProperty("content").GetProperty("shutdown").GetBoolean());
        Assert.False(seen.GetProperty("end").GetProperty("again").GetBoolean());
    }

    private static async Task<EyesonSimulator> StartAsync()
    {
        var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { PingInterval = TimeSpan.FromMilliseconds(250) }, TestContext.Current.CancellationToken);
        simulator.CreateRoom("main");
        simulator.CreateRoom("rejecting").Faults.RejectSubscriptions = true;
        return simulator;
    }

    private static string? Text(JsonElement element, params string[] path) =>
        path.Aggregate(element, static (current, name) => current.GetProperty(name)).GetString();
}
