using System.Text;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>For how long the broker keeps the commands that could not be carried out, and who else is told of them.</summary>
public sealed class DeadCommandTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string ApiKey = "dead-commands-key";

    private EyesonSimulator _eyeson = null!;
    private WorkerEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string ErrorQueue => $"{_environment.ControlQueue}_error";

    private string SkippedQueue => $"{_environment.ControlQueue}_skipped";

    private string AsideQueue => $"{_environment.ControlQueue}_undeliverable";

    public async ValueTask InitializeAsync()
    {
        _eyeson = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _environment = new WorkerEnvironment(_eyeson.Url, ApiKey, rabbit.Url, "dead");
    }

    public async ValueTask DisposeAsync()
    {
        await _eyeson.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Failed_TimeIsUp_IsGoneFromAllQueues()
    {
        _environment.Settings["Bus__KeepFailedCommands"] = "00:00:01";
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);

        await control.SendAsync("ObserveRoom", """{"roomId":""}""", Cancellation);
        await control.SendAsync(
            Encoding.UTF8.GetBytes("""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"],"requestId":"a95e25a6-59fc-4a3a-8a6c-5c2f7f3c0c11","responseAddress":"pigeon:nobody","message":{}}"""),
            Cancellation);
        await bridge.Output.WhenAsync("both", lines => lines.Any(line => line.Contains("invalidRoomId", StringComparison.Ordinal)) && lines.Any(line => line.Contains("pigeon", StringComparison.Ordinal)), Cancellation);

        await DeadCommands.WhenExistsAsync(rabbit.Url, ErrorQueue, Cancellation);
        await DeadCommands.WhenEmptyAsync(rabbit.Url, ErrorQueue, Cancellation);
        await DeadCommands.WhenEmptyAsync(rabbit.Url, AsideQueue, Cancellation); // what expires does not move there
    }

    [Fact]
    public async Task Failed_ByDefault_StaysForSevenDaysAndIsToldToNobodyElse()
    {
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);

        await control.SendAsync("ObserveRoom", """{"roomId":""}""", Cancellation);

        var (_, headers, expiration) = await DeadCommands.TakeWithExpirationAsync(rabbit.Url, ErrorQueue, _ => true, Cancellation);
        Assert.StartsWith("invalidRoomId: ", headers["MT-Fault-Message"], StringComparison.Ordinal);
        Assert.Equal("604800000", expiration);
        var fault = await Assert.ThrowsAsync<OperationInterruptedException>(
            () => control.Channel.ExchangeDeclarePassiveAsync("MassTransit:Fault--EyesonBridge.Contracts.V1:ObserveRoom--", Cancellation));
        Assert.Equal(404, fault.ShutdownReason!.ReplyCode);
    }

    [Fact]
    public async Task Skipped_ByDefault_StaysForSevenDays()
    {
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);

        await control.SendAsync("NoSuchCommand", """{"roomId":"mark"}""", Cancellation);

        var (body, headers, expiration) = await DeadCommands.TakeWithExpirationAsync(rabbit.Url, SkippedQueue, _ => true, Cancellation);
        Assert.Contains("mark", body, StringComparison.Ordinal);
        Assert.Equal("dead-letter", headers["MT-Reason"]);
        Assert.Equal("604800000", expiration);
    }

    [Fact]
    public async Task Skipped_CommandWithATokenUnderAWrongName_IsNowhere()
    {
        const string Token = "token-under-a-wrong-name";
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);

        await control.SendAsync(
            Encoding.UTF8.GetBytes($$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V9:ObservePermalink"],"message":{"token":"{{{Token}}}"}}"""),
            Cancellation);

        await bridge.Output.WhenAsync("that it was dropped", lines => lines.Any(line => line.Contains("[6040]", StringComparison.Ordinal)), Cancellation);
        await DeadCommands.AssertNowhereAsync(rabbit.Url, _environment.ControlQueue, Token, Cancellation);
        Assert.DoesNotContain(bridge.Output.Items, line => line.Contains(Token, StringComparison.Ordinal));
    }

    /// <summary>An error queue as earlier versions declared it, with a command that an operator still wants to see.</summary>
    [Fact]
    public async Task Failed_ErrorQueueOfAnEarlierVersion_IsUsedAsItIs()
    {
        await using var connection = await new ConnectionFactory { Uri = rabbit.Url }.CreateConnectionAsync(Cancellation);
        await using var channel = await RabbitMqClient.CreateConfirmingChannelAsync(connection, Cancellation);
        await channel.ExchangeDeclareAsync(ErrorQueue, ExchangeType.Fanout, durable: true, cancellationToken: Cancellation);
        await channel.QueueDeclareAsync(
            ErrorQueue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 5, ["x-dead-letter-exchange"] = AsideQueue },
            cancellationToken: Cancellation);
        await channel.QueueBindAsync(ErrorQueue, ErrorQueue, "", cancellationToken: Cancellation);
        await RabbitMqClient.PublishAsync(channel, ErrorQueue, "an earlier one", Cancellation);
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);

        await control.SendAsync("ObserveRoom", """{"roomId":""}""", Cancellation);

        await bridge.Output.WhenAsync("that the queue is an old one", lines => lines.Any(line => line.Contains("[6041]", StringComparison.Ordinal)), Cancellation);
        await DeadCommands.TakeAsync(rabbit.Url, ErrorQueue, body => body is "an earlier one", Cancellation); // at once: it goes elsewhere when it is looked at too often
        await DeadCommands.TakeAsync(rabbit.Url, ErrorQueue, body => body.Contains("\"roomId\":\"\"", StringComparison.Ordinal), Cancellation);

        // Empty now, it makes room for one from which what expires does not move on.
        await control.SendAsync("ObserveRoom", """{"roomId":"","note":"second"}""", Cancellation);
        await DeadCommands.TakeAsync(rabbit.Url, ErrorQueue, body => body.Contains("second", StringComparison.Ordinal), Cancellation);
        await control.Channel.QueueDeclareAsync(
            ErrorQueue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" },
            cancellationToken: Cancellation);
    }

    [Fact]
    public async Task Failed_ErrorQueueWasDeletedMeanwhile_IsThereAgain()
    {
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);
        await control.SendAsync("ObserveRoom", """{"roomId":""}""", Cancellation);
        await DeadCommands.TakeAsync(rabbit.Url, ErrorQueue, _ => true, Cancellation);
        await control.Channel.QueueDeleteAsync(ErrorQueue, cancellationToken: Cancellation);

        await control.SendAsync("ObserveRoom", """{"roomId":"","note":"second"}""", Cancellation);

        var (_, headers, _) = await DeadCommands.TakeWithExpirationAsync(rabbit.Url, ErrorQueue, body => body.Contains("second", StringComparison.Ordinal), Cancellation);
        Assert.StartsWith("invalidRoomId: ", headers["MT-Fault-Message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GetObservations", "{}", true)]
    [InlineData("StopObservingPermalink", """{"token":"token-that-was-never-completed"}""", false)]
    public async Task Command_HandedOutForTheLastTime_IsMovedBeforeTheBrokerDoes(string command, string message, bool isKept)
    {
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);
        var properties = new BasicProperties
        {
            ContentType = "application/vnd.masstransit+json",
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-delivery-count"] = 5L },
        };

        await control.Channel.BasicPublishAsync(
            _environment.ControlQueue,
            "",
            mandatory: true,
            properties,
            Encoding.UTF8.GetBytes($$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:{{command}}"],"message":{{message}}}"""),
            Cancellation);

        await bridge.Output.WhenAsync("why", lines => lines.Any(line => line.Contains("never completed", StringComparison.Ordinal)), Cancellation);
        if (isKept)
        {
            var (_, headers, expiration) = await DeadCommands.TakeWithExpirationAsync(rabbit.Url, AsideQueue, _ => true, Cancellation);
            Assert.Contains("never completed", headers["MT-Fault-Message"], StringComparison.Ordinal);
            Assert.Equal("604800000", expiration);
        }

        await DeadCommands.AssertNowhereAsync(rabbit.Url, _environment.ControlQueue, "token-that", Cancellation);
    }
}
