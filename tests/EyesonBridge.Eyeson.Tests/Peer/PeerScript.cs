using System.Text;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>What the peer does with one connection, step by step. A step that expects something fails the peer when it does not come.</summary>
internal sealed class PeerScript
{
    public const string Identifier = """{\"channel\":\"RoomChannel\"}""";
    public const string Subscribe = $$"""{"command":"subscribe","identifier":"{{Identifier}}"}""";
    public const string Confirmation = $$"""{"identifier":"{{Identifier}}","type":"confirm_subscription"}""";

    private readonly List<Func<PeerSocket, Task>> _steps = [];

    /// <summary>Answers the upgrade with this status instead of 101.</summary>
    public int? RefuseWith { get; private set; }

    /// <summary>The subprotocol chosen; null chooses none.</summary>
    public string? Protocol { get; private set; } = "actioncable-v1-json";

    public static PeerScript Refuse(int status) => new() { RefuseWith = status };

    public static string Message(string json) => $$"""{"identifier":"{{Identifier}}","message":{{json}}}""";

    public PeerScript Choose(string? protocol)
    {
        Protocol = protocol;
        return this;
    }

    public PeerScript Do(Func<PeerSocket, Task> step)
    {
        _steps.Add(step);
        return this;
    }

    public PeerScript Send(string text) => Do(socket => socket.SendAsync(Encoding.UTF8.GetBytes(text), last: true));

    public PeerScript SendFragments(params string[] parts) => Do(async socket =>
    {
        for (var i = 0; i < parts.Length; i++)
            await socket.SendAsync(Encoding.UTF8.GetBytes(parts[i]), last: i == parts.Length - 1);
    });

    public PeerScript SendRaw(params byte[] bytes) => Do(socket => socket.SendRawAsync(bytes));

    public PeerScript Expect(string text) => Do(async socket => Assert.Equal(text, await socket.ReceiveAsync()));

    public PeerScript ExpectClose() => Do(async socket => Assert.Equal("close 1000", await socket.ReceiveAsync()));

    public PeerScript Close() => Do(socket => socket.CloseAsync());

    public PeerScript Reset() => Do(socket => socket.ResetAsync());

    public PeerScript Drop() => Do(socket => socket.DropAsync());

    public PeerScript Signal(TaskCompletionSource signal) => Do(_ =>
    {
        signal.SetResult();
        return Task.CompletedTask;
    });

    public PeerScript WaitFor(Task signal) => Do(socket => signal.WaitAsync(socket.Stopping));

    /// <summary>Says nothing more, and leaves the connection open.</summary>
    public PeerScript Hang() => Do(socket => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, socket.Stopping));

    public PeerScript Welcome() => Send("""{"type":"welcome"}""");

    public PeerScript Subscribed() => Welcome().Expect(Subscribe).Send(Confirmation);

    public async Task RunAsync(PeerSocket socket)
    {
        foreach (var step in _steps)
            await step(socket);
    }
}
