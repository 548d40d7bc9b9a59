using System.Text;
using System.Text.Json;
using EyesonBridge.Simulator.Cable;
using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <content>What goes over the wire, and what is kept of it.</content>
public sealed partial class SimulatedRoom
{
    private readonly List<SentEvent> _sent = [];
    private RoomStream? _stream;

    /// <summary>The events sent so far, in order. The state that a new observer gets is not among them.</summary>
    public IReadOnlyList<SentEvent> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    /// <summary>Sends the body of an event of any kind: unknown, misshapen or unreadable.</summary>
    public void SendRaw(string message) => SendRaw(Encoding.UTF8.GetBytes(message));

    /// <inheritdoc cref="SendRaw(string)"/>
    public void SendRaw(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            EnsureRunning();
            Broadcast(TypeOf(message.Span), message.ToArray());
        }
    }

    /// <summary>Sends a whole frame as it is. It is not among <see cref="Sent"/>.</summary>
    public void SendFrame(string frame) => SendFrame(Encoding.UTF8.GetBytes(frame));

    /// <summary>Sends a whole frame as it is, optionally in several WebSocket fragments. It is not among <see cref="Sent"/>.</summary>
    public void SendFrame(ReadOnlyMemory<byte> frame, int fragments = 1)
    {
        var copy = frame.ToArray();
        lock (_gate)
        {
            foreach (var socket in _sockets)
                socket.Send(new QueuedFrame(copy, fragments));
        }
    }

    /// <summary>Tells the webhook the state.</summary>
    internal void AnnounceState()
    {
        lock (_gate)
            _simulator.Webhooks.Send(ApiKey, WireTypes.RoomUpdate, "room", DescribeContent());
    }

    /// <summary>The history is lost, as when the server starts anew.</summary>
    internal void ForgetStream()
    {
        lock (_gate)
            _stream = null;
    }

    /// <summary>Sends what the observer has missed, then says that this was all; or that it cannot be told any more.</summary>
    internal void Replay(CableSocket socket, string identifier, HistoryRequest request)
    {
        if (Faults.MuteHistory || _simulator.Faults.MuteHistory)
            return;

        lock (_gate)
        {
            if (Missed(request) is not { } missed)
            {
                socket.Send(CableFrames.RejectHistory(identifier));
                return;
            }

            foreach (var entry in missed)
                socket.Send(CableFrames.Message(identifier, entry.Body, Stream, entry.Offset));
            socket.Send(CableFrames.ConfirmHistory(identifier));
        }
    }

    private RoomStream Stream => _stream ??= new RoomStream($"room:{Id}", _simulator.Epoch, Clock);

    private IReadOnlyList<StreamEntry>? Missed(HistoryRequest request)
    {
        if (Faults.RejectHistory || _simulator.Faults.RejectHistory)
            return null;

        var overlap = Math.Max(Faults.HistoryOverlap, _simulator.Faults.HistoryOverlap);
        return request.Streams.TryGetValue(Stream.Name, out var position)
            ? Stream.After(position, overlap)
            : Stream.Since(request.Since == 0 ? long.MaxValue : request.Since);
    }

    private static string TypeOf(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String ? type.GetString()! : "raw";
        }
        catch (JsonException)
        {
            return "raw";
        }
    }

    /// <summary>Serializes once for all observers that use the same identifier and protocol, which is nearly always all of them.</summary>
    private void Broadcast(string type, byte[] body)
    {
        _sent.Add(new SentEvent
        {
            Number = _sent.Count + 1,
            Type = type,
            Body = body,
            SentAt = Now,
            Observers = _subscriptions.Count,
        });

        var entry = _simulator.Options.Extended ? Stream.Append(body) : null;
        (string Identifier, bool Extended) written = ("", false);
        byte[] frame = [];
        foreach (var (socket, identifier) in _subscriptions)
        {
            var extended = socket.Session is not null;
            if (written != (identifier, extended))
            {
                written = (identifier, extended);
                frame = extended && entry is not null
                    ? CableFrames.Message(identifier, body, Stream, entry.Offset)
                    : CableFrames.Message(identifier, body);
            }

            socket.Send(frame);
        }
    }
}
