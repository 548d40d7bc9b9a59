using System.Text;
using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Integration.Tests.Spine;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>What docs/contracts.md tells those without MassTransit, done with RabbitMQ.Client alone.</summary>
[Collection(SampleRoom.Collection)]
public sealed class DocumentedBytesTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private const string DocumentedRequestId = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ObserveAndStop_DocumentedBytes_AreCarriedOut()
    {
        var room = bridge.Simulator.CreateRoom(SampleRoom.Id, "Observer demo", SampleRoom.StartedAt);

        await bridge.Control.SendAsync(DocumentedBytes.Of("observe-room"), Cancellation);
        await bridge.Events.WhenAsync(room.Id, "ObservationStarted", Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);

        await bridge.Control.SendAsync(DocumentedBytes.Of("stop-observing-room"), Cancellation);
        var events = await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        Assert.Equal("stopped", (string?)events[^1].Message["reason"]);
    }

    [Fact]
    public async Task GetObservations_DocumentedBytes_AskForNothing()
    {
        await bridge.Control.SendAsync(DocumentedBytes.Of("get-observations"), Cancellation);

        // Taken, and neither refused nor left: what comes after it is answered.
        Assert.Equal("Observations", (await bridge.Control.RequestAsync("GetObservations", "{}", Cancellation)).Type);
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>(async () =>
        {
            await using var connection = await new ConnectionFactory { Uri = bridge.Broker }.CreateConnectionAsync(Cancellation);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
            await channel.QueueDeclarePassiveAsync($"{bridge.ControlQueue}_error", Cancellation);
        });
    }

    [Fact]
    public async Task GetObservationsRequest_DocumentedBytes_AreAnsweredAtTheExchange()
    {
        const string MyAnswers = "my-answers";
        await using var connection = await new ConnectionFactory { Uri = bridge.Broker }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.ExchangeDeclareAsync(MyAnswers, ExchangeType.Fanout, durable: false, autoDelete: true, cancellationToken: Cancellation);
        var queue = await channel.QueueDeclareAsync(exclusive: true, autoDelete: true, cancellationToken: Cancellation);
        await channel.QueueBindAsync(queue.QueueName, MyAnswers, "", cancellationToken: Cancellation);
        var answers = new SignalledList<string>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            answers.Add(Encoding.UTF8.GetString(delivery.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, Cancellation);

        await bridge.Control.SendAsync(DocumentedBytes.Of("get-observations-request"), Cancellation);

        var answer = new ControlAnswer(JsonNode.Parse((await answers.WhenAsync("an answer", got => got.Count > 0, Cancellation))[0])!.AsObject());
        Assert.Equal("Observations", answer.Type);
        Assert.Equal(DocumentedRequestId, answer.RequestId);
        Assert.NotNull(answer.Message["items"]);
    }

    [Fact]
    public async Task GetObservationsByDirectReply_DocumentedBytes_AreAnsweredOnTheChannel()
    {
        await bridge.Control.SendAsync(DocumentedBytes.Of("get-observations-direct-reply"), Cancellation, wantsReply: true);

        Assert.Equal("Observations", (await bridge.Control.AnswerToAsync(DocumentedRequestId, Cancellation)).Type);
    }
}
