using EyesonBridge.Integration.Tests.Harness;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>What tells who asked to what an answer belongs.</summary>
public sealed class AnswerMarksTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GetObservations", "{}")]
    [InlineData("ObserveRoom", """{"roomId":"two words"}""")]
    [InlineData("RequestGuestUser", """{"guestToken":"two words","name":"Maria"}""")]
    public async Task Answer_OfATracedRequest_CarriesItsTraceAndItsCorrelationId(string command, string message)
    {
        var answer = await bridge.Control.RequestAsync(command, message, Cancellation, Trace, correlationId: "order 4711");

        Assert.Equal((Trace, Trace, "order 4711"), (answer.Headers["traceparent"], answer.Headers["MT-Activity-Id"], answer.CorrelationId));
    }

    [Fact]
    public async Task Answer_WithoutACorrelationId_HasThatOfTheRequest()
    {
        var answer = await bridge.Control.RequestAsync("GetObservations", "{}", Cancellation);

        Assert.Equal(answer.RequestId, answer.CorrelationId);
        Assert.DoesNotContain("traceparent", answer.Headers.Keys);
    }
}
