using System.Text;
using System.Text.Json.Nodes;
using EyesonBridge.Testing.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>Gives commands without MassTransit: RabbitMQ.Client alone, and answers by direct reply-to.</summary>
public sealed class ControlSender : IAsyncDisposable
{
    private const string ReplyTo = "amq.rabbitmq.reply-to";

    private readonly SignalledList<ControlAnswer> _answers = new();
    private readonly IConnection _connection;
    private readonly string _controlQueue;

    private ControlSender(IConnection connection, IChannel channel, string controlQueue)
    {
        _connection = connection;
        Channel = channel;
        _controlQueue = controlQueue;
    }

    /// <summary>For what else a test has to do with the broker.</summary>
    public IChannel Channel { get; }

    /// <summary>Connects to the broker.</summary>
    public static async Task<ControlSender> ConnectAsync(Uri broker, string controlQueue, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        var channel = await RabbitMqClient.CreateConfirmingChannelAsync(connection, cancellationToken);
        var sender = new ControlSender(connection, channel, controlQueue);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            sender._answers.Add(new ControlAnswer(JsonNode.Parse(delivery.Body.Span)!.AsObject())
            {
                CorrelationId = delivery.BasicProperties.CorrelationId,
                Headers = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
                    .Where(header => header.Value is byte[])
                    .ToDictionary(header => header.Key, header => Encoding.UTF8.GetString((byte[])header.Value!), StringComparer.Ordinal),
            });
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyTo, autoAck: true, consumer, cancellationToken);
        return sender;
    }

    /// <summary>Sends bytes to the control queue's exchange, as they are.</summary>
    public async Task SendAsync(byte[] body, CancellationToken cancellationToken, bool wantsReply = false, string? traceParent = null, string? correlationId = null)
    {
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
        if (wantsReply)
            properties.ReplyTo = ReplyTo;
        if (correlationId is not null)
            properties.CorrelationId = correlationId;
        if (traceParent is not null)
            properties.Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["traceparent"] = traceParent };
        await Channel.BasicPublishAsync(_controlQueue, "", mandatory: true, properties, body, cancellationToken);
    }

    /// <summary>Sends a command; nobody waits for an answer.</summary>
    public Task SendAsync(string command, string message, CancellationToken cancellationToken) =>
        SendAsync(Encoding.UTF8.GetBytes(
            $$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:{{command}}"],"message":{{message}}}"""), cancellationToken);

    /// <summary>Sends a command as a request, and waits for its answer.</summary>
    public async Task<ControlAnswer> RequestAsync(string command, string message, CancellationToken cancellationToken, string? traceParent = null, string? correlationId = null)
    {
        var requestId = Guid.NewGuid().ToString();
        var body = $$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:{{command}}"],"requestId":"{{requestId}}","responseAddress":"rabbitmq://localhost/{{ReplyTo}}","message":{{message}}}""";
        await SendAsync(Encoding.UTF8.GetBytes(body), cancellationToken, wantsReply: true, traceParent, correlationId);
        return await AnswerToAsync(requestId, cancellationToken);
    }

    /// <summary>The answer to a request, waited for.</summary>
    public async Task<ControlAnswer> AnswerToAsync(string requestId, CancellationToken cancellationToken)
    {
        var answers = await _answers.WhenAsync($"the answer to {requestId}", answers => answers.Any(IsIt), cancellationToken);
        return answers.First(IsIt);

        bool IsIt(ControlAnswer answer) => string.Equals(answer.RequestId, requestId, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Registers a room.</summary>
    /// <exception cref="InvalidOperationException">It was not accepted.</exception>
    public async Task ObserveAsync(string roomId, CancellationToken cancellationToken, string? traceParent = null)
    {
        var answer = await RequestAsync("ObserveRoom", $$"""{"roomId":"{{roomId}}"}""", cancellationToken, traceParent);
        if (answer.Type is not "ObservationAccepted")
            throw new InvalidOperationException($"The room {roomId} was not accepted: {answer}");
    }

    /// <summary>Ends the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
