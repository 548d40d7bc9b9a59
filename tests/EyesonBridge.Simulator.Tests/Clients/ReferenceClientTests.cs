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

    [Fact]
    public async Task AnyCableCore_ExtendedProtocol_RecoversWhatItMissed()
    {
        await using var simulator = await StartAsync(extended: true);

        var seen = await node.ConverseAsync("anycable-extended.mjs", simulator);

        Assert.Equal("actioncable-v1-ext-json", Text(seen, "protocol"));
        Assert.NotEqual(Text(seen, "sid"), Text(seen, "restored", "sid"), StringComparer.Ordinal);
        Assert.Equal(["live@1"], Chats(seen.GetProperty("live")), StringComparer.Ordinal);

        AssertAway("restored", restored: true, "history_received", "missed 1@2", "missed 2@3");
        Assert.Equal(["live again@4"], Chats(seen.GetProperty("liveAgain")), StringComparer.Ordinal);
        AssertAway("resubscribed", restored: false, "history_received", "room_update", "missed 3@5");
        AssertAway("overlapped", restored: false, "history_received", "room_update", "live again@4", "missed 3@5", "missed 4@6");
        AssertAway("forgotten", restored: false, "history_not_found", "room_update");

        Assert.Equal("server_restart", Text(seen, "restart", "reason"));
        Assert.False(seen.GetProperty("afterRestart").GetProperty("restored").GetBoolean());
        Assert.Equal("unauthorized", Text(seen, "unauthorized", "reason"));
        Assert.Equal("unauthorized", Text(seen, "end", "reason"));

        void AssertAway(string name, bool restored, string history, params string[] missed)
        {
            var away = seen.GetProperty(name);
            Assert.Equal(restored, away.GetProperty("connected").GetProperty("restored").GetBoolean());
            Assert.Equal(history, Text(away, "history", "type"));
            Assert.Equal(missed, Chats([.. away.GetProperty("missed").EnumerateArray()]), StringComparer.Ordinal);
        }
    }

    /// <summary>Chats with their position in the stream; what else there is by its type.</summary>
    private static IEnumerable<string?> Chats(params JsonElement[] entries) => entries.Select(static entry =>
        entry.TryGetProperty("meta", out var meta)
            ? $"{Text(entry, "message", "content")}@{meta.GetProperty("offset").GetInt64()}"
            : Text(entry, "message", "type"));

    private static async Task<EyesonSimulator> StartAsync(bool extended = false)
    {
        var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { PingInterval = TimeSpan.FromMilliseconds(250), Extended = extended }, TestContext.Current.CancellationToken);
        simulator.CreateRoom("main");
        simulator.CreateRoom("rejecting").Faults.RejectSubscriptions = true;
        return simulator;
    }

    private static string? Text(JsonElement element, params string[] path) =>
        path.Aggregate(element, static (current, name) => current.GetProperty(name)).GetString();
}
