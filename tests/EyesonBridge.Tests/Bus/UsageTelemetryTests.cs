using EyesonBridge.Tests.Hosting;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Bus;

public sealed class UsageTelemetryTests
{
    /// <summary>It would tell MassTransit's makers five minutes after the start: too late for a test of the whole process to see.</summary>
    [Fact(Timeout = 60_000)]
    public async Task MassTransit_InTheBridge_DoesNotReportItsUse()
    {
        await using var bridge = await BridgeFixture.StartAsync(TestContext.Current.CancellationToken);

        Assert.False(bridge.Bridge.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled);
    }
}
