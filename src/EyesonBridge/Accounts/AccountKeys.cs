using System.Diagnostics.CodeAnalysis;
using EyesonBridge.Eyeson.Cable;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>The API keys of the configured accounts.</summary>
internal sealed class AccountKeys(IOptions<EyesonOptions> options)
{
    /// <summary>The account that is meant when none is named.</summary>
    public const string DefaultAccount = "default";

    /// <summary>The names of all accounts, sorted.</summary>
    public IReadOnlyList<string> Names { get; } = [.. options.Value.Accounts.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The name as it is configured, whatever its case; null when there is no such account.</summary>
    public string? Find(string? account) =>
        Names.FirstOrDefault(name => string.Equals(name, account ?? DefaultAccount, StringComparison.OrdinalIgnoreCase));

    /// <summary>The key of an account, reread from its file if it has one. False when there is none that could be sent.</summary>
    public bool TryGetKey(string account, [NotNullWhen(true)] out string? apiKey)
    {
        apiKey = null;
        return options.Value.Accounts.TryGetValue(account, out var settings)
            && ApiKeyReader.TryRead(settings, out apiKey, out _)
            && CableAuthorizationRules.Problem(options.Value.Authentication, apiKey) is null;
    }
}
