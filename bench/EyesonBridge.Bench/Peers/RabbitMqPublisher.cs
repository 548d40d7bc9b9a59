using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Load;
using RabbitMQ.Client;

namespace EyesonBridge.Bench.Peers;

/// <summary>
/// The least that a publisher of events can do: 900 bytes and three headers, persistent and mandatory, one channel, at most
/// 1,000 without a confirm, which it tracks itself.
/// </summary>
internal sealed class RabbitMqPublisher : IPublisher
{
    public const string Exchange = "eyeson-bridge-bench-bare";

    private const int Window = 1000;
    private const int BodyBytes = 900;

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly Confirms _confirms = new(Window);
    private readonly byte[] _body = new byte[BodyBytes];

    private RabbitMqPublisher(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
        _body.AsSpan().Fill((byte)'x');
        channel.BasicAcksAsync += (_, ack) =>
        {
            _confirms.Take((long)ack.DeliveryTag, ack.Multiple);
            return Task.CompletedTask;
        };
    }

    public static async Task<RabbitMqPublisher> ConnectAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null));
        return new RabbitMqPublisher(connection, channel);
    }

    public async Task PublishAsync(int room, long number)
    {
        await _confirms.EnterAsync();
        var roomId = LoadBodies.RoomId(room);
        var properties = new BasicProperties
        {
            ContentType = "application/vnd.masstransit+json",
            Persistent = true,
            MessageId = number.ToString(CultureInfo.InvariantCulture),
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["eyeson-room-id"] = roomId,
                ["eyeson-event-type"] = "ChatMessageSent",
                ["eyeson-sequence"] = number,
            },
        };
        new EventStamp(room, number, Stopwatch.GetTimestamp()).Write(_body);
        await _channel.BasicPublishAsync(Exchange, roomId, mandatory: true, properties, _body);
    }

    public Task WhenConfirmedAsync() => _confirms.WhenNoneAsync();

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        _confirms.Dispose();
    }
}
