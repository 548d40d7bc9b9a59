using EyesonBridge.Integration.Tests.Harness;

namespace EyesonBridge.Integration.Tests.Spine;

/// <summary>What a worker has in memory that has its store in a file, and sends no telemetry.</summary>
public sealed class LoadedAssembliesTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    [Fact]
    public async Task Worker_WithoutPostgresAndTelemetry_LoadsNothingOfThem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The system does not say which files a process has in memory.");

        var files = await File.ReadAllTextAsync($"/proc/{bridge.Bridge.Id}/maps", TestContext.Current.CancellationToken);

        Assert.Contains("/RabbitMQ.Client.dll", files, StringComparison.Ordinal);
        Assert.DoesNotContain("/Npgsql.dll", files, StringComparison.Ordinal);
        Assert.DoesNotContain("/OpenTelemetry", files, StringComparison.Ordinal);
    }
}
