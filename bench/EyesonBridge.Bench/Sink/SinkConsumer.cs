using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Bench.Sink;

/// <summary>Consumes the sink's queue without acknowledgements, and counts.</summary>
internal sealed class SinkConsumer : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private string _tag = "";

    private SinkConsumer(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<SinkConsumer> OpenAsync(ConnectionFactory factory, string exchange, string type, SinkCounter counter, bool isNew)
    {
        factory.AutomaticRecoveryEnabled = false;
        var connection = await factory.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var sink = new SinkConsumer(connection, channel);
        if (isNew)
            await channel.QueueDeleteAsync(SinkProgram.Queue);
        await channel.ExchangeDeclareAsync(exchange, type, durable: true);
        await channel.QueueDeclareAsync(SinkProgram.Queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(SinkProgram.Queue, exchange, "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            counter.Add(delivery.Body.Span, Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        sink._tag = await channel.BasicConsumeAsync(SinkProgram.Queue, autoAck: true, consumer);
        return sink;
    }

    public Task DeleteQueueAsync() => _channel.QueueDeleteAsync(SinkProgram.Queue);

    public async ValueTask DisposeAsync()
    {
        // What has been delivered is counted before the broker's answer to this is.
        await _channel.BasicCancelAsync(_tag);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
