using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Tls;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>Finds every mistake in the section <c>Eyeson</c>. A message names the setting, never its value when that is a key.</summary>
internal sealed class EyesonOptionsValidator : IValidateOptions<EyesonOptions>
{
    public ValidateOptionsResult Validate(string? name, EyesonOptions options)
    {
        var problems = new List<string>();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https" or "ws" or "wss"))
            problems.Add($"Eyeson:Url must be an http or https address such as https://api.eyeson.team, not '{options.Url}'.");
        if (CaFileRule.Problem("Eyeson:CaFile", options.CaFile) is { } caProblem)
            problems.Add(caProblem);
        if (!Enum.IsDefined(options.Authentication))
            problems.Add("Eyeson:Authentication must be Header, Subprotocol or Query.");
        if (options.Accounts.Count == 0)
            problems.Add("Eyeson:Accounts is empty: set Eyeson:Accounts:default:ApiKey or Eyeson:Accounts:default:ApiKeyFile to your Eyeson API key.");

        foreach (var (account, settings) in options.Accounts.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
            problems.AddRange(ProblemsOf(account, settings, options.Authentication));

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> ProblemsOf(string account, AccountOptions settings, CableAuthorization authentication)
    {
        var key = $"Eyeson:Accounts:{account}";
        var hasKey = !string.IsNullOrWhiteSpace(settings.ApiKey);
        var hasFile = !string.IsNullOrWhiteSpace(settings.ApiKeyFile);
        if (hasKey == hasFile)
        {
            yield return hasKey
                ? $"{key} has both ApiKey and ApiKeyFile: set only one of them."
                : $"{key} has no key: set {key}:ApiKey, or set {key}:ApiKeyFile to a file that contains it.";
            yield break;
        }

        if (!ApiKeyReader.TryRead(settings, out var apiKey, out var problem))
        {
            yield return $"{key}:ApiKeyFile: {problem}";
            yield break;
        }

        if (CableAuthorizationRules.Problem(authentication, apiKey) is { } refused)
            yield return $"{key}: {refused}";
    }
}
