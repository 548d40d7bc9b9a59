using System.Text;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>What cannot be read at all.</summary>
public sealed class PoisonTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private const string Urn = "urn:message:EyesonBridge.Contracts.V1:";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Unreadable => new()
    {
        { "this is no JSON (mark)", "_error" },
        { "", "_error" },
        { $$$"""{"messageType":["{{{Urn}}}ObserveRoom"],"message":{"roomId":{"mark":1} }}""", "_error" },
        { $$$"""{"messageType":["{{{Urn}}}ObserveRoom"],"message":{"roomId":"r","waitUntil":"(mark)"}}""", "_error" },
        { $$$"""{"messageType":["{{{Urn}}}ObserveRoom"],"message":{"mark":"roomId left out"}}""", "_error" },
        { $$$"""{"messageType":["{{{Urn}}}ObserveRoom"],"message":["mark"]}""", "_error" },
        { $$$"""{"messageType":["{{{Urn}}}NoSuchCommand"],"message":{"roomId":"mark"}}""", "_skipped" },
        { """{"message":{"roomId":"mark without a type"}}""", "_skipped" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Command_Unreadable_IsSetAsideWithAReasonAndTheQueueGoesOn(string body, string suffix)
    {
        await bridge.Control.SendAsync(Encoding.UTF8.GetBytes(body), Cancellation);

        var (found, headers) = await DeadCommands.TakeAsync(
            bridge.Broker, bridge.ControlQueue + suffix, candidate => string.Equals(candidate, body, StringComparison.Ordinal), Cancellation);
        Assert.Equal(body, found);
        Assert.False(string.IsNullOrWhiteSpace(headers[suffix is "_error" ? "MT-Fault-Message" : "MT-Reason"]));
        Assert.Equal("Observations", (await bridge.Control.RequestAsync("GetObservations", "{}", Cancellation)).Type);
    }

    [Theory]
    [InlineData("RequestGuestUser", """{"guestToken":"unreadable-token-1","name":{"first":"Maria"}}""", "unreadable-token-1")]
    [InlineData("ObservePermalink", """{"token":{"value":"unreadable-token-2"}}""", "unreadable-token-2")]
    public async Task CommandWithAToken_Unreadable_IsKeptNowhere(string command, string message, string token)
    {
        await bridge.Control.SendAsync(command, message, Cancellation);

        await bridge.Bridge.Output.WhenAsync("that it was dropped", lines => lines.Any(IsDropped), Cancellation);
        await DeadCommands.AssertNowhereAsync(bridge.Broker, bridge.ControlQueue, token, Cancellation);
        Assert.DoesNotContain(token, bridge.Bridge.Transcript, StringComparison.Ordinal);

        bool IsDropped(string line) => line.Contains($"dropped {command}", StringComparison.Ordinal);
    }
}
