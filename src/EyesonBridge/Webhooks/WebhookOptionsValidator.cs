using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>Finds every mistake in the section <c>Webhook</c>.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var problems = new List<string>();
        if (options.MaxBodyBytes is < 1024 or > 16 * 1024 * 1024)
            problems.Add("Webhook:MaxBodyBytes must be from 1024 to 16777216.");
        if (options.PerSecond is < 1 or > 100_000)
            problems.Add("Webhook:PerSecond must be from 1 to 100000.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
