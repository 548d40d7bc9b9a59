using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using EyesonBridge.Bus.Access;
using EyesonBridge.Outbox;
using EyesonBridge.Telemetry;
using MassTransit.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Bus;

/// <summary>A channel in confirm mode.</summary>
internal sealed class RabbitMqPublishChannel : IPublishChannel
{
    private const ushort LastConnectionError = 320; // "connection forced"; what is about the connection closes all channels
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(1);

    private readonly PublishConnection _connection;
    private readonly string _place;
    private readonly IChannel _channel;
    private readonly IPublishReceipts _receipts;
    private readonly EventTopology _topology;
    private readonly EventEnvelope _envelope;
    private readonly TimeProvider _time;
    private readonly MessageServer _server;
    private readonly Lock _gate = new();
    private readonly PendingConfirms _pending = new();
    private readonly List<PublishReceipt> _settled = [];
    // One event is sent at a time, and the client has written all of it when that is over: these serve the next one again.
    private readonly EnvelopeBuffer _body = new();
    private readonly BasicProperties _properties = new() { ContentType = EventEnvelope.ContentType, DeliveryMode = DeliveryModes.Persistent };
    private readonly Dictionary<string, object?> _headers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private bool _isDisposed;
    private bool _isLost;

    public RabbitMqPublishChannel(
        PublishConnection connection, IChannel channel, IPublishReceipts receipts, EventTopology topology, EventEnvelope envelope, TimeProvider time)
    {
        (_connection, _channel, _receipts, _topology, _envelope, _time) = (connection, channel, receipts, topology, envelope, time);
        var endpoint = connection.Client.Endpoint;
        _place = $"{endpoint.HostName}:{endpoint.Port}";
        _server = new MessageServer(endpoint.HostName, endpoint.Port);
        channel.BasicAcksAsync += OnAckAsync;
        channel.BasicNacksAsync += OnNackAsync;
        channel.BasicReturnAsync += OnReturnAsync;
        channel.ChannelShutdownAsync += OnShutdownAsync;
        connection.Add(this);
    }

    public async ValueTask SendAsync(PublishReceipt attempt, CancellationToken cancellationToken)
    {
        var publication = attempt.Publication;
        var isPending = false;
        try
        {
            var entry = publication.Entry;
            await _connection.WhenOpenedAsync(cancellationToken);
            if (!_declared.Contains(entry.Type))
            {
                await _topology.DeclareAsync(_channel, entry.Type, cancellationToken);
                _declared.Add(entry.Type);
            }

            var exchange = _topology.ExchangeOf(entry.Type);
            var body = _envelope.Of(entry, _body);
            var properties = PropertiesOf(publication, exchange);
            lock (_gate)
                _pending.Add(attempt);
            isPending = true;
            await _channel.BasicPublishAsync(exchange, entry.RoomId, mandatory: true, properties, body, cancellationToken);
        }
        catch (Exception error) when (_channel.IsOpen && error is not (OperationCanceledException or ChannelClosedException))
        {
            // The client's own refusal: nothing was sent, and nothing is wrong with the channel.
            if (isPending)
            {
                lock (_gate)
                    _pending.RemoveLast();
            }

            _receipts.Refused(attempt, error is NotSupportedException or JsonException ? error : new UnpublishableException(error));
        }
        catch (Exception) when ((_channel.CloseReason ?? _connection.Client.CloseReason) is { } reason)
        {
            TellLost(reason); // while much is sent, this is known before the event of the shutdown comes
            throw;
        }
    }

    /// <summary>The broker takes nothing for now.</summary>
    public void NoteBlocked(string reason)
    {
        lock (_gate)
        {
            if (!_isDisposed && !_isLost)
                _receipts.Blocked(new PublishingException($"the broker at {_place} takes nothing for now; it says: {reason}"));
        }
    }

    /// <summary>The broker takes events again.</summary>
    public void NoteUnblocked()
    {
        lock (_gate)
        {
            if (!_isDisposed && !_isLost)
                _receipts.Unblocked();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _isDisposed = true;
        using var timeout = new CancellationTokenSource(CloseWithin, _time);
        try
        {
            if (_channel.IsOpen)
                await _channel.CloseAsync(Constants.ReplySuccess, "Goodbye", abort: true, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _connection.Cut(); // it does not even answer a close
        }

        _connection.Remove(this);
        _ = DisposeChannelAsync();
    }

    private async Task DisposeChannelAsync()
    {
        await Task.Yield();
        await _channel.DisposeAsync();
    }

    private BasicProperties PropertiesOf(Publication publication, string exchange)
    {
        var entry = publication.Entry;
        var span = publication.BeginSpan(exchange, _server, _time);
        var id = entry.EventId.ToString();
        _headers.Clear();
        _headers[EventHeaders.RoomId] = entry.RoomId;
        _headers[EventHeaders.EventType] = entry.Type;
        _headers[EventHeaders.Sequence] = entry.Sequence;
        if (entry.StreamId is { } streamId)
            _headers[EventHeaders.StreamId] = streamId;
        if ((span?.TraceParent ?? entry.TraceParent) is { } traceParent)
        {
            _headers[EventHeaders.TraceParent] = traceParent;
            if (BridgeTelemetry.IsTracing)
                _headers[DiagnosticHeaders.ActivityId] = traceParent; // MassTransit's consumers look here, and nowhere else
        }

        _properties.MessageId = _properties.CorrelationId = id;
        _properties.Headers = _headers;
        return _properties;
    }

    private Task OnAckAsync(object sender, BasicAckEventArgs ack)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return Task.CompletedTask;

            _settled.Clear();
            _pending.Settle(ack.DeliveryTag, ack.Multiple, _settled);
            if (_settled.Count > 0)
                _receipts.Confirmed(CollectionsMarshal.AsSpan(_settled));
            return Task.CompletedTask;
        }
    }

    private Task OnNackAsync(object sender, BasicNackEventArgs nack)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return Task.CompletedTask;

            _settled.Clear();
            _pending.Settle(nack.DeliveryTag, nack.Multiple, _settled);
            foreach (var receipt in _settled)
                _receipts.Refused(receipt, new PublishingException("a queue rejected it: it is full, or cannot write; see the broker's log"));
            return Task.CompletedTask;
        }
    }

    private Task OnReturnAsync(object sender, BasicReturnEventArgs returned)
    {
        lock (_gate)
        {
            if (Guid.TryParse(returned.BasicProperties.MessageId, CultureInfo.InvariantCulture, out var eventId))
                _pending.MarkUnrouted(eventId);
            return Task.CompletedTask;
        }
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs shutdown)
    {
        TellLost(shutdown);
        return Task.CompletedTask;
    }

    private void TellLost(ShutdownEventArgs shutdown)
    {
        lock (_gate)
        {
            if (_isDisposed || _isLost)
                return;
            _isLost = true;
        }

        var isFaultOfAnEvent = shutdown.Initiator == ShutdownInitiator.Peer && shutdown.ReplyCode is not LastConnectionError && _connection.IsOpen;
        var refusal = BrokerRefusal.Explain(_place, shutdown.ToString());
        _receipts.Lost(new PublishingException(refusal ?? $"the broker closed the channel: {shutdown.ReplyText}"), isFaultOfAnEvent);
    }
}
