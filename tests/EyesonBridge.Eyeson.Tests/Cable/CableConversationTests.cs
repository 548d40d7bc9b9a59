using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>What the listener hears of what the server says.</summary>
public sealed class CableConversationTests
{
    private const string Other = """{"identifier":"{\"channel\":\"OtherChannel\"}","message":{"n":0}}""";

    [Fact]
    public async Task RunAsync_MessageBeforeConfirmation_IsDelivered() => Assert.Equal(
        ["welcome", """message {"n":1}""", "subscribed", """message {"n":2}"""],
        await HearAsync(new PeerScript().Welcome().Expect(PeerScript.Subscribe)
            .Send(PeerScript.Message("""{"n":1}""")).Send(PeerScript.Confirmation).Send(PeerScript.Message("""{"n":2}"""))));

    [Fact]
    public async Task RunAsync_PingsAndOtherChannelsAndUnknownTypes_AreNotTold() => Assert.Equal(
        ["welcome", "subscribed"],
        await HearAsync(new PeerScript().Subscribed()
            .Send("""{"type":"ping","message":1702288218}""").Send(Other).Send("""{"type":"novelty"}""")
            .Send("""{"identifier":"{\"channel\":\"OtherChannel\"}","type":"reject_subscription"}""")
            .Send("""{"type":"welcome"}""").Send(PeerScript.Confirmation)));

    [Fact]
    public async Task RunAsync_IdentifierWrittenWithOtherEscapes_IsOurs() => Assert.Equal(
        ["welcome", "subscribed", "message 7"],
        await HearAsync(new PeerScript().Subscribed().Send("""{"message": 7 , "identifier":"\u007b\u0022channel\u0022:\u0022RoomChannel\"}"}""")));

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"message":{"type":"chat"}}""")]
    [InlineData("""{"type":"welcome"} more""")]
    [InlineData("""{"type":"disconnect","reason":"\ud800"}""")]
    public async Task RunAsync_GarbageFrame_IsToldAndTheConnectionGoesOn(string garbage) => Assert.Equal(
        ["welcome", "subscribed", "unreadable " + garbage, "message 1"],
        await HearAsync(new PeerScript().Subscribed().Send(garbage).Send(PeerScript.Message("1"))));

    [Fact]
    public async Task RunAsync_MessageInFragments_IsPutTogether() => Assert.Equal(
        ["welcome", "subscribed", """message {"content":"é"}""", "message 2"],
        await HearAsync(new PeerScript().Subscribed()
            .SendFragments(PeerScript.Message("""{"content":"é"}""").Chunk(7).Select(part => new string(part)).Prepend("").Append("").ToArray())
            .Send(PeerScript.Message("2"))));

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(100_001, 100_000)]
    [InlineData(1_000_000, 100_000)]
    public async Task RunAsync_MessageAtOrOverTheLimit_IsCutAndTheConnectionGoesOn(int length, int limit)
    {
        var frame = PeerScript.Message($"\"{new string('x', length - PeerScript.Message("\"\"").Length)}\"");

        var heard = await HearAsync(
            new PeerScript().Subscribed().SendFragments(frame[..10], frame[10..], "").Send(PeerScript.Message("2")),
            new CableOptions { MaxFrameBytes = limit });

        var expected = length > limit ? "unreadable " + frame[..limit] : "message " + frame[(PeerScript.Message("").Length - 1)..^1];
        Assert.Equal(["welcome", "subscribed", expected, "message 2"], heard);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("actioncable-v1-json")]
    [InlineData("actioncable-v1-ext-json")]
    public async Task RunAsync_WhateverProtocolTheServerChooses_GoesOn(string? protocol) =>
        Assert.Equal(["welcome", "subscribed"], await HearAsync(new PeerScript().Choose(protocol).Subscribed()));

    [Fact]
    public async Task RunAsync_ExtendedProtocol_TellsSessionAndPositions()
    {
        var script = new PeerScript().Choose("actioncable-v1-ext-json")
            .Send("""{"type":"welcome","sid":"s1","restored":true,"restored_ids":[]}""").Expect(PeerScript.Subscribe).Send(PeerScript.Confirmation)
            .Send($$"""{"identifier":"{{PeerScript.Identifier}}","message":{"n":1},"stream_id":"room:1","epoch":"e1","offset":12}""")
            .Send($$"""{"identifier":"{{PeerScript.Identifier}}","message":{"n":2},"stream_id":null,"epoch":4,"offset":"x"}""")
            .Close().ExpectClose();
        await using var peer = await ScriptedPeer.StartAsync(script);
        using var cable = new CableFixture();

        await cable.RunAsync(peer);

        Assert.Equal("welcome s1 True", cable.Listener.Rest()[0]);
        var (first, second) = (cable.Listener.Messages[0], cable.Listener.Messages[1]);
        Assert.Equal(("room:1", "e1", 12L, cable.Clock.GetUtcNow()), (first.StreamId, first.Epoch, first.Offset, first.ReceivedAt));
        Assert.Equal((null, null, null), (second.StreamId, second.Epoch, second.Offset));
    }

    [Theory]
    [InlineData("confirm_history", "history Granted")]
    [InlineData("reject_history", "history Refused")]
    public async Task RunAsync_WithHistory_AsksForItAndTellsTheAnswer(string answer, string expected)
    {
        var subscribe = PeerScript.Subscribe[..^1] + ""","history":{"since":1767268800,"streams":{"room:1":{"epoch":"e1","offset":12}}}}""";
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript()
            .Send("""{"type":"welcome","sid":"s1"}""").Expect(subscribe).Send(PeerScript.Confirmation)
            .Send($$"""{"identifier":"{{PeerScript.Identifier}}","type":"{{answer}}"}""").Close().ExpectClose());
        using var cable = new CableFixture();

        await cable.RunAsync(WithHistory(cable, peer.Url));

        await peer.ScriptsDoneAsync();
        Assert.Equal(["welcome s1 False", "subscribed", expected], cable.Listener.Rest());
    }

    [Fact]
    public async Task RunAsync_WithHistoryOnThePlainProtocol_TellsThatThereIsNone()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript()
            .Welcome().Do(async socket => await socket.ReceiveAsync()).Send(PeerScript.Confirmation).Close().ExpectClose());
        using var cable = new CableFixture();

        await cable.RunAsync(WithHistory(cable, peer.Url));

        await peer.ScriptsDoneAsync();
        Assert.Equal(["welcome", "history Refused", "subscribed"], cable.Listener.Rest());
    }

    [Fact]
    public async Task RunAsync_HistoryNotAnsweredInTime_TellsSoOnceAndTheAnswerWhenItComes()
    {
        const string Ping = """{"type":"ping","message":1}""";
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript()
            .Send("""{"type":"welcome","sid":"s1"}""").Do(async socket => await socket.ReceiveAsync()).Send(PeerScript.Confirmation)
            .Send(Ping).Send(Ping)
            .Send($$"""{"identifier":"{{PeerScript.Identifier}}","type":"confirm_history"}""").Close().ExpectClose());
        using var cable = new CableFixture(new CableOptions { HistoryTimeout = TimeSpan.Zero });

        await cable.RunAsync(WithHistory(cable, peer.Url));

        await peer.ScriptsDoneAsync();
        Assert.Equal(["welcome s1 False", "subscribed", "history Overdue", "history Granted"], cable.Listener.Rest());
    }

    [Fact]
    public async Task RunAsync_HistoryBehindABusyListener_IsNotOverdue()
    {
        CableFixture? cable = null;
        using var fixture = cable = new CableFixture
        {
            Listener = new()
            {
                OnHeard = heard =>
                {
                    if (heard is "message 1")
                        cable!.Clock.Advance(TimeSpan.FromMinutes(1));
                    return Task.CompletedTask;
                },
            },
        };
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript()
            .Send("""{"type":"welcome","sid":"s1"}""").Do(async socket => await socket.ReceiveAsync()).Send(PeerScript.Confirmation)
            .Send(PeerScript.Message("1")).Send(PeerScript.Message("2"))
            .Send($$"""{"identifier":"{{PeerScript.Identifier}}","type":"confirm_history"}""").Close().ExpectClose());

        await cable.RunAsync(WithHistory(cable, peer.Url));

        await peer.ScriptsDoneAsync();
        Assert.Equal(["welcome s1 False", "subscribed", "message 1", "message 2", "history Granted"], cable.Listener.Rest());
    }

    private static CableTarget WithHistory(CableFixture cable, Uri url) => CableFixture.Target(url) with
    {
        History = new CableHistory
        {
            Since = cable.Clock.GetUtcNow(),
            Streams = new Dictionary<string, CablePosition>(StringComparer.Ordinal) { ["room:1"] = new("e1", 12) },
        },
    };

    private static async Task<IReadOnlyList<string>> HearAsync(PeerScript script, CableOptions? options = null)
    {
        await using var peer = await ScriptedPeer.StartAsync(script.Close().ExpectClose());
        using var cable = new CableFixture(options);

        var ending = await cable.RunAsync(peer);

        await peer.ScriptsDoneAsync();
        Assert.Equal(CableEndingKind.Closed, ending.Kind);
        return cable.Listener.Rest();
    }
}
