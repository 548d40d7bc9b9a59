using Microsoft.Extensions.Options;

namespace EyesonBridge.Management;

/// <summary>Finds every mistake in the section <c>Management</c>.</summary>
internal sealed class ManagementOptionsValidator : IValidateOptions<ManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, ManagementOptions options)
    {
        var problems = new List<string>();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || !string.Equals(url.Scheme, "http", StringComparison.Ordinal))
            problems.Add($"Management:Url must be an http address such as http://0.0.0.0:8080, not '{options.Url}'.");
        if (options.StuckAfter < TimeSpan.FromSeconds(30) || options.StuckAfter > TimeSpan.FromHours(1))
            problems.Add("Management:StuckAfter must be from 00:00:30 to 01:00:00.");

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
