using EyesonBridge.Accounts;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Discovery;

/// <summary>Finds every mistake in the section <c>Discovery</c>.</summary>
internal sealed class DiscoveryOptionsValidator : IValidateOptions<DiscoveryOptions>
{
    public ValidateOptionsResult Validate(string? name, DiscoveryOptions options)
    {
        var problems = new List<string>();
        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromHours(1))
            problems.Add("Discovery:Interval must be from 00:00:01 to 01:00:00.");
        if (options.MaxRooms is < 1 or > 1_000_000)
            problems.Add("Discovery:MaxRooms must be from 1 to 1000000.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Accounts that are named but not configured: no room could be discovered for them.</summary>
    public static IEnumerable<string> UnknownAccounts(IConfiguration configuration)
    {
        var configured = configuration.GetSection($"{EyesonOptions.Section}:{nameof(EyesonOptions.Accounts)}").GetChildren().Select(account => account.Key);
        var named = configuration.GetSection($"{DiscoveryOptions.Section}:{nameof(DiscoveryOptions.Accounts)}").GetChildren().Select(name => name.Value).OfType<string>();
        return named
            .Except(configured, StringComparer.OrdinalIgnoreCase)
            .Select(name => $"Discovery:Accounts names '{name}', which is not configured under Eyeson:Accounts.");
    }
}
