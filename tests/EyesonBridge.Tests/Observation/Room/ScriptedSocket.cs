using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>An upgraded connection whose server is the test: it says what comes, and sees what is sent.</summary>
internal sealed class ScriptedSocket : WebSocket
{
    private const string Identifier = """{\"channel\":\"RoomChannel\"}""";

    private readonly Channel<byte[]> _incoming = Channel.CreateUnbounded<byte[]>();
    private readonly SignalledList<string> _sent = new();
    private ReadOnlyMemory<byte>? _current;
    private WebSocketCloseStatus? _closeStatus;

    public override WebSocketCloseStatus? CloseStatus => _closeStatus;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => "actioncable-v1-json";

    /// <summary>Sends a frame.</summary>
    public ScriptedSocket Send(string frame)
    {
        _incoming.Writer.TryWrite(Encoding.UTF8.GetBytes(frame));
        return this;
    }

    /// <summary>Sends an event of the room.</summary>
    public ScriptedSocket Say(string message) => Send($$"""{"identifier":"{{Identifier}}","message":{{message}}}""");

    /// <summary>Sends an event of the room with its place in a stream, as the extended protocol does.</summary>
    public ScriptedSocket Say(string message, int offset) =>
        Send($$"""{"identifier":"{{Identifier}}","message":{{message}},"stream_id":"s","epoch":"e","offset":{{offset}}}""");

    /// <summary>Says that all that was missed has been repeated.</summary>
    public ScriptedSocket ConfirmHistory() => Send($$"""{"identifier":"{{Identifier}}","type":"confirm_history"}""");

    /// <summary>Accepts the connection and confirms the subscription, once it has come.</summary>
    /// <param name="welcome">How it is accepted.</param>
    public async Task<ScriptedSocket> SubscribedAsync(string welcome = """{"type":"welcome"}""")
    {
        Send(welcome);
        await WhenSentAsync("subscribe");
        return Send($$"""{"identifier":"{{Identifier}}","type":"confirm_subscription"}""");
    }

    /// <summary>Accepts the connection and rejects the subscription, once it has come; completes when the client closes.</summary>
    public async Task RejectedAsync()
    {
        Send("""{"type":"welcome"}""");
        await WhenSentAsync("subscribe");
        Send($$"""{"identifier":"{{Identifier}}","type":"reject_subscription"}""");
        await WhenSentAsync("close");
    }

    /// <summary>Sends a close frame: also the answer to the one that is received.</summary>
    public void Close()
    {
        _closeStatus = WebSocketCloseStatus.NormalClosure;
        _incoming.Writer.TryComplete();
    }

    /// <summary>Breaks the connection.</summary>
    public void Drop() => _incoming.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    /// <summary>Waits until something was sent that has a text in it.</summary>
    public Task WhenSentAsync(string text) => _sent.WhenAsync(
        text, sent => sent.Any(frame => frame.Contains(text, StringComparison.Ordinal)), TestContext.Current.CancellationToken);

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_current is null)
        {
            if (!await _incoming.Reader.WaitToReadAsync(cancellationToken))
                return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
            _current = await _incoming.Reader.ReadAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _current.Value.Length);
        _current.Value[..count].CopyTo(buffer);
        var rest = _current.Value[count..];
        _current = rest.Length > 0 ? rest : default(ReadOnlyMemory<byte>?); // a bare null would become an empty memory
        return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Text, endOfMessage: _current is null);
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        _sent.Add(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _sent.Add("close");
        Close();
        return Task.CompletedTask;
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override void Abort() => Drop();

    public override void Dispose() => Drop();
}
