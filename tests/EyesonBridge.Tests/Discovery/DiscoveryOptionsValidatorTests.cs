using EyesonBridge.Discovery;
using EyesonBridge.Hosting;
using Microsoft.Extensions.Configuration;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Discovery;

public sealed class DiscoveryOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new DiscoveryOptionsValidator(), new DiscoveryOptions()));

    [Fact]
    public void Validate_Mistakes_AreNamedEach() => AssertNamed(
        ProblemsOf(new DiscoveryOptionsValidator(), new DiscoveryOptions { Interval = TimeSpan.Zero, MaxRooms = 0 }),
        "Discovery:Interval",
        "Discovery:MaxRooms");

    [Fact]
    public void UnknownAccounts_NamedAndNotConfigured_AreProblems()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Eyeson:Accounts:default:ApiKey"] = "a-key",
            ["Discovery:Accounts:0"] = "Default",
            ["Discovery:Accounts:1"] = "nobodys",
        }).Build();

        Assert.Contains("'nobodys'", Assert.Single(DiscoveryOptionsValidator.UnknownAccounts(configuration)), StringComparison.Ordinal);
        Assert.Contains(BridgeOptions.Problems(configuration), problem => problem.Contains("'nobodys'", StringComparison.Ordinal));
    }
}
