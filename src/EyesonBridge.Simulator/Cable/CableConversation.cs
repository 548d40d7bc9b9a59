using System.Buffers;
using System.Net.WebSockets;

namespace EyesonBridge.Simulator.Cable;

/// <summary>A conversation with one observer: welcome, commands, and the end.</summary>
internal sealed class CableConversation(
    WebSocket webSocket, CableSocket socket, SimulatedRoom room, EyesonSimulator simulator, CableSessionState? restorable)
{
    private const int MaximumCommand = 64 * 1024;

    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        var sender = socket.RunSenderAsync();
        var welcome = WelcomeAsync();
        try
        {
            await ReceiveAsync();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            webSocket.Abort();
        }
        finally
        {
            simulator.Leave(socket);
            room.Detach(socket);
            if (socket.Session is { } session)
                simulator.Sessions.End(session);
            socket.EndSoon();
            await sender;
            socket.End();
            await welcome;
        }
    }

    private async Task WelcomeAsync()
    {
        var delay = Longer(room.Faults.WelcomeDelay, simulator.Faults.WelcomeDelay);
        if (!await socket.WaitAsync(delay))
            return;

        if (socket.Session is not { } session)
        {
            socket.Send(CableFrames.Welcome);
        }
        else if (restorable is null)
        {
            socket.Send(CableFrames.WelcomeSession(session.Sid, restored: null));
        }
        else
        {
            session.Identifiers = restorable.Identifiers;
            _identifiers.UnionWith(session.Identifiers);
            room.Restore(socket, CableFrames.WelcomeSession(session.Sid, session.Identifiers), session.Identifiers);
        }

        simulator.Enter(socket, room);
        if (socket.Ended.IsCancellationRequested)
            simulator.Leave(socket);
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            // An idle observer holds no buffer: there are thousands of them.
            var waiting = await webSocket.ReceiveAsync(Memory<byte>.Empty, socket.Ended);
            if (waiting.MessageType == WebSocketMessageType.Close)
            {
                await socket.AnswerCloseAsync();
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(MaximumCommand);
            try
            {
                var length = await ReadMessageAsync(buffer);
                if (length < 0)
                {
                    await socket.AnswerCloseAsync();
                    return;
                }

                if (CableCommand.Parse(buffer.AsSpan(0, length)) is { } command)
                    Execute(command);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>The length of the message; 0 for one that is longer than any command; -1 for the close frame.</summary>
    private async Task<int> ReadMessageAsync(byte[] buffer)
    {
        var length = 0;
        var tooLong = false;
        while (true)
        {
            var part = await webSocket.ReceiveAsync(buffer.AsMemory(length), socket.Ended);
            if (part.MessageType == WebSocketMessageType.Close)
                return -1;

            length += part.Count;
            if (part.EndOfMessage)
                return tooLong ? 0 : length;

            if (length == buffer.Length)
            {
                tooLong = true;
                length = 0;
            }
        }
    }

    private void Execute(CableCommand command)
    {
        switch (command.Name)
        {
            case "subscribe" when command.IsForRoomChannel():
                Subscribe(command);
                break;
            case "unsubscribe" when _identifiers.Remove(command.Identifier):
                room.Unsubscribe(socket, command.Identifier);
                Remember();
                break;
            case "history" when History(command) is { } history && _identifiers.Contains(command.Identifier):
                room.Replay(socket, command.Identifier, history);
                break;
        }
    }

    private void Subscribe(CableCommand command)
    {
        var identifier = command.Identifier;
        if (room.Faults.TakeIgnoredSubscribe() || simulator.Faults.TakeIgnoredSubscribe())
            return;

        if (room.Faults.RejectSubscriptions || simulator.Faults.RejectSubscriptions)
        {
            socket.Send(CableFrames.Reject(identifier));
            return;
        }

        // A second subscribe is ignored, as Rails does, also while the first waits for its confirmation.
        if (!_identifiers.Add(identifier))
            return;

        Remember();
        var delay = Longer(room.Faults.ConfirmationDelay, simulator.Faults.ConfirmationDelay);
        room.Subscribe(socket, identifier, delay, History(command));
    }

    /// <summary>The request for history, where the extended protocol is spoken.</summary>
    private HistoryRequest? History(CableCommand command) => socket.Session is null ? null : command.History;

    private void Remember()
    {
        if (socket.Session is { } session)
            session.Identifiers = [.. _identifiers];
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan || other == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan
        : one > other ? one : other;
}
