using System.Text;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class RabbitMqFixtureTests(RabbitMqFixture rabbit)
{
    [Fact]
    public async Task Url_BrokerStarted_CarriesAMessage()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var connection = await new ConnectionFactory { Uri = rabbit.Url }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellation);

        await channel.BasicPublishAsync("", queue.QueueName, Encoding.UTF8.GetBytes("hello"), cancellation);

        Assert.Equal("hello", await RabbitMqClient.TakeAsync(channel, queue.QueueName, cancellation));
    }

    [Fact]
    public async Task CreateVirtualHost_NewName_KeepsQueuesApart()
    {
        Assert.SkipUnless(rabbit.Server.IsPrivate, "the given broker is not ours to change");
        var cancellation = TestContext.Current.CancellationToken;

        var url = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("host"), cancellation);

        await using var here = await new ConnectionFactory { Uri = url }.CreateConnectionAsync(cancellation);
        await using var channel = await here.CreateChannelAsync(cancellationToken: cancellation);
        await channel.QueueDeclareAsync("same-name", exclusive: false, cancellationToken: cancellation);
        await using var there = await new ConnectionFactory { Uri = rabbit.Url }.CreateConnectionAsync(cancellation);
        await using var other = await there.CreateChannelAsync(cancellationToken: cancellation);
        await Assert.ThrowsAsync<OperationInterruptedException>(
            () => other.QueueDeclarePassiveAsync("same-name", cancellation));
    }
}
