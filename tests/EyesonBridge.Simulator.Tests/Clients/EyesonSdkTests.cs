using System.Text.Json;

namespace EyesonBridge.Simulator.Tests.Clients;

/// <summary>Eyeson's own JavaScript SDK understands the simulator's permalinks.</summary>
public sealed class EyesonSdkTests(NodeClients node) : IClassFixture<NodeClients>
{
    [Fact]
    public async Task EyesonSdk_WholeLifeOfAPermalink_SeesWhatItExpects()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);

        var seen = await node.ConverseAsync("eyeson-permalink.mjs", simulator);

        // It asks every 5 s until the host has started the meeting.
        Assert.Equal(JsonValueKind.Null, At(seen, "waiting", "room", "started_at").ValueKind);
        Assert.InRange(At(seen, "polls").GetInt32(), 2, 4);
        Assert.InRange(At(seen, "waited").GetInt32(), 4900, 20_000);
        Assert.Equal("weekly", At(seen, "started", "room", "id").GetString());
        var first = At(seen, "started", "room", "started_at").GetDateTimeOffset();
        Assert.Equal(first, At(seen, "asHost", "room", "started_at").GetDateTimeOffset());

        Assert.NotEmpty(At(seen, "ready", "content", "access_key").GetString()!);
        Assert.Equal("weekly", At(seen, "ready", "content", "room", "id").GetString());
        Assert.NotEmpty(At(seen, "guest", "token").GetString()!);

        Assert.Equal("Request guest user failed", At(seen, "locked", "content").GetString());
        Assert.True(At(seen, "locked", "locked").GetBoolean());
        foreach (var moment in new[] { "guestTooEarly", "over" })
        {
            Assert.Equal("Request guest user failed", At(seen, moment, "content").GetString());
            Assert.False(At(seen, moment).TryGetProperty("locked", out _));
        }

        // The next meeting is another one in the same room.
        Assert.Equal("weekly", At(seen, "readyAgain", "content", "room", "id").GetString());
        Assert.True(At(seen, "readyAgain", "content", "room", "started_at").GetDateTimeOffset() > first);

        Assert.Equal("Permalink is already expired", At(seen, "expired", "content").GetString());
        Assert.False(At(seen, "readyAfterExpiry").GetBoolean());
        Assert.Equal("Request permalink meeting info failed", At(seen, "unknown", "content").GetString());
    }

    private static JsonElement At(JsonElement element, params string[] path) =>
        path.Aggregate(element, static (current, name) => current.GetProperty(name));
}
