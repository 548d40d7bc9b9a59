using System.Text;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>Commands whose answer the broker refuses.</summary>
public sealed class UndeliverableTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("queue:{0}", "RESOURCE_LOCKED")]
    [InlineData("exchange:{0}", "PRECONDITION_FAILED")] // without temporary=true it does not fit the exchange
    [InlineData("exchange:amq.{0}", "ACCESS_REFUSED")]
    [InlineData("pigeon:{0}", "pigeon")]
    public async Task Request_AnswerRefused_IsPutAsideWithTheReasonAndHoldsNobodyUp(string form, string refusal)
    {
        await using var connection = await new ConnectionFactory { Uri = bridge.Broker }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var name = RabbitMqServer.UniqueName("answers");
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, name);
        if (form.StartsWith("queue:", StringComparison.Ordinal))
            await channel.QueueDeclareAsync(name, exclusive: true, autoDelete: true, cancellationToken: Cancellation);
        else if (string.Equals(address, $"exchange:{name}", StringComparison.Ordinal))
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: false, autoDelete: true, cancellationToken: Cancellation);
        var requestId = Guid.NewGuid().ToString();

        await bridge.Control.SendAsync(
            Encoding.UTF8.GetBytes($$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"],"requestId":"{{{requestId}}}","responseAddress":"{{{address}}}","message":{}}"""),
            Cancellation);

        // They are under way together with the refused one.
        var others = Enumerable.Range(0, 20).Select(_ => bridge.Control.RequestAsync("GetObservations", "{}", Cancellation)).ToList();
        Assert.All(await Task.WhenAll(others), answer => Assert.Equal("Observations", answer.Type));

        var (_, headers) = await DeadCommands.TakeAsync(
            bridge.Broker, $"{bridge.ControlQueue}_undeliverable", body => body.Contains(requestId, StringComparison.Ordinal), Cancellation);
        Assert.Contains(refusal, headers["MT-Fault-Message"], StringComparison.Ordinal);
        await Assert.ThrowsAsync<OperationInterruptedException>(() => channel.QueueDeclarePassiveAsync($"{bridge.ControlQueue}_skipped", Cancellation));
        Assert.DoesNotContain(bridge.Bridge.Output.Items, line => line.Contains("FAULT", StringComparison.Ordinal)); // nobody else was touched
        await bridge.Bridge.Output.WhenAsync("a warning", lines => lines.Any(line => line.Contains(refusal, StringComparison.Ordinal)), Cancellation);
    }

    [Fact]
    public async Task RequestWithAToken_AnswerRefused_IsKeptNowhere()
    {
        const string Token = "token-of-an-undeliverable-request";
        var before = bridge.Bridge.Output.Items.Count(IsDropped);

        await bridge.Control.SendAsync(
            Encoding.UTF8.GetBytes($$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:StartPermalinkMeeting"],"requestId":"{{{Guid.NewGuid()}}}","responseAddress":"exchange:amq.nobodys","message":{"userToken":"{{{Token}}}"}}"""),
            Cancellation);

        await bridge.Bridge.Output.WhenAsync("that it was dropped", lines => lines.Count(IsDropped) > before, Cancellation);
        await DeadCommands.AssertNowhereAsync(bridge.Broker, bridge.ControlQueue, Token, Cancellation);
        Assert.DoesNotContain(Token, bridge.Bridge.Transcript, StringComparison.Ordinal);

        static bool IsDropped(string line) => line.Contains("dropped StartPermalinkMeeting", StringComparison.Ordinal) && line.Contains("ACCESS_REFUSED", StringComparison.Ordinal);
    }
}
