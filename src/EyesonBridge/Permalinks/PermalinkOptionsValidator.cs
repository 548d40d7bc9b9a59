using Microsoft.Extensions.Options;

namespace EyesonBridge.Permalinks;

/// <summary>Finds every mistake in the section <c>Permalinks</c>.</summary>
internal sealed class PermalinkOptionsValidator : IValidateOptions<PermalinkOptions>
{
    public ValidateOptionsResult Validate(string? name, PermalinkOptions options)
    {
        var problems = new List<string>();
        if (options.PollInterval < TimeSpan.FromSeconds(1) || options.PollInterval > TimeSpan.FromHours(1))
            problems.Add("Permalinks:PollInterval must be from 00:00:01 to 01:00:00.");
        if (options.CallsPerSecond is < 1 or > 10_000)
            problems.Add("Permalinks:CallsPerSecond must be from 1 to 10000.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
