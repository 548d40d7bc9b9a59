using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;

namespace EyesonBridge.Eyeson.Tests.Cable;

public sealed class CableAuthorizationTests
{
    private static readonly string[] BothProtocols = ["actioncable-v1-ext-json", "actioncable-v1-json"];

    [Fact]
    public async Task RunAsync_WithHeader_SendsTheBareKeyThere()
    {
        var request = await ConnectAsync(target => target);

        Assert.Equal(("/rt", "?room_id=room"), (request.Path, request.Query));
        Assert.Equal("k/e=y", request.Authorization);
        Assert.Equal(BothProtocols, request.Protocols);
    }

    [Fact]
    public async Task RunAsync_WithSubprotocol_OffersTheKeyLast()
    {
        var request = await ConnectAsync(target => target with { Authorization = CableAuthorization.Subprotocol, ApiKey = "key" });

        Assert.Equal("?room_id=room", request.Query);
        Assert.Null(request.Authorization);
        Assert.Equal([.. BothProtocols, "key"], request.Protocols);
    }

    [Fact]
    public async Task RunAsync_WithQuery_EscapesTheKey()
    {
        var request = await ConnectAsync(target => target with { Authorization = CableAuthorization.Query });

        Assert.Equal("?room_id=room&api_key=k%2Fe%3Dy", request.Query);
        Assert.Null(request.Authorization);
        Assert.Equal(BothProtocols, request.Protocols);
    }

    [Fact]
    public async Task RunAsync_WithABasePathAndAnOddRoom_EscapesAndAppends()
    {
        var request = await ConnectAsync(target => target with { Url = new Uri(target.Url, "/eyeson/"), RoomId = "a b&c/ü" });

        Assert.Equal("/eyeson/rt", request.Path);
        Assert.Equal("?room_id=a%20b%26c%2F%C3%BC", request.Query);
    }

    [Theory]
    [InlineData("https://api.eyeson.team", "wss://api.eyeson.team/rt?room_id=room")]
    [InlineData("http://localhost:8080/", "ws://localhost:8080/rt?room_id=room")]
    [InlineData("wss://api.eyeson.team:444", "wss://api.eyeson.team:444/rt?room_id=room")]
    [InlineData("ws://[::1]:81/x", "ws://[::1]:81/x/rt?room_id=room")]
    public void SocketUrl_OfAnyScheme_IsAWebSocketAddress(string url, string expected) =>
        Assert.Equal(expected, CableFixture.Target(new Uri(url)).SocketUrl().AbsoluteUri);

    [Theory]
    [InlineData(CableAuthorization.Header, "abc/=+", true)]
    [InlineData(CableAuthorization.Header, "a\r\nb", false)]
    [InlineData(CableAuthorization.Header, "a b", false)]
    [InlineData(CableAuthorization.Header, "schlüssel", false)]
    [InlineData(CableAuthorization.Header, "", false)]
    [InlineData(CableAuthorization.Subprotocol, "abc-123_~", true)]
    [InlineData(CableAuthorization.Subprotocol, "abc/123", false)]
    [InlineData(CableAuthorization.Subprotocol, "abc=", false)]
    [InlineData(CableAuthorization.Subprotocol, "a,b", false)]
    [InlineData(CableAuthorization.Query, "a/b= ü", true)]
    [InlineData(CableAuthorization.Query, null, false)]
    [InlineData((CableAuthorization)9, "abc", false)]
    public void Problem_OfKeyAndAuthorization_SaysWhatCannotBeWithoutTheKey(CableAuthorization authorization, string? key, bool fine)
    {
        var problem = CableAuthorizationRules.Problem(authorization, key);

        Assert.Equal(fine, problem is null);
        if (!string.IsNullOrEmpty(key))
            Assert.DoesNotContain(key, problem ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_WithAKeyThatCannotTravel_ThrowsWithoutIt()
    {
        using var cable = new CableFixture();
        var target = CableFixture.Target(new Uri("wss://api.eyeson.team")) with { ApiKey = "k/e=y", Authorization = CableAuthorization.Subprotocol };

        var error = Assert.Throws<ArgumentException>(() => cable.Client.Connect(target));

        Assert.DoesNotContain("k/e=y", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_WithAnAddressThatIsNone_Throws()
    {
        using var cable = new CableFixture();

        Assert.Throws<ArgumentException>(() => cable.Client.Connect(CableFixture.Target(new Uri("ftp://api.eyeson.team"))));
        Assert.Throws<ArgumentException>(() => cable.Client.Connect(CableFixture.Target(new Uri("/rt", UriKind.Relative))));
        Assert.Throws<ArgumentException>(() => cable.Client.Connect(CableFixture.Target(new Uri("ws://a")) with { RoomId = "" }));
    }

    [Fact]
    public void ToString_OfATarget_HidesTheKey()
    {
        var text = CableFixture.Target(new Uri("wss://api.eyeson.team/?api_key=secret-key")).ToString();

        Assert.Contains("room", text, StringComparison.Ordinal);
        Assert.DoesNotContain(CableFixture.Key, text, StringComparison.Ordinal);
    }

    private static async Task<PeerRequest> ConnectAsync(Func<CableTarget, CableTarget> change)
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Close().ExpectClose());
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(change(CableFixture.Target(peer.Url) with { ApiKey = "k/e=y" }));

        Assert.Equal(CableEndingKind.Closed, ending.Kind);
        await peer.ScriptsDoneAsync();
        return Assert.Single(peer.Requests);
    }
}
