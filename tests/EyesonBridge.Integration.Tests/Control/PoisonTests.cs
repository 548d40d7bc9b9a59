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
}
