using EyesonBridge.Management;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>Finds every mistake in the section <c>Webhook</c>.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    /// <summary>What is wrong with the address of webhooks beside that of operators; empty when nothing is.</summary>
    public static IEnumerable<string> SamePort(IConfiguration configuration)
    {
        var own = configuration.GetSection(WebhookOptions.Section)[nameof(WebhookOptions.Url)];
        var management = configuration.GetSection(ManagementOptions.Section)[nameof(ManagementOptions.Url)] ?? new ManagementOptions().Url;
        if (Uri.TryCreate(own, UriKind.Absolute, out var one) && Uri.TryCreate(management, UriKind.Absolute, out var other)
            && one.Port == other.Port && one.Port != 0)
        {
            yield return "Webhook:Url must have another port than Management:Url. Leave it out to serve webhooks there.";
        }
    }

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var problems = new List<string>();
        if (options.MaxBodyBytes is < 1024 or > 16 * 1024 * 1024)
            problems.Add("Webhook:MaxBodyBytes must be from 1024 to 16777216.");
        if (options.PerSecond is < 1 or > 100_000)
            problems.Add("Webhook:PerSecond must be from 1 to 100000.");
        if (options.Url is not null && (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || !string.Equals(url.Scheme, "http", StringComparison.Ordinal)))
            problems.Add($"Webhook:Url must be an http address such as http://0.0.0.0:8081, not '{options.Url}'.");
        if (options.MaxConnections is < 1 or > 100_000)
            problems.Add("Webhook:MaxConnections must be from 1 to 100000.");
        if (options.MaxConcurrent is < 1 or > 10_000)
            problems.Add("Webhook:MaxConcurrent must be from 1 to 10000.");
        if (options.MaxConcurrentPerAccount is < 1 or > 10_000)
            problems.Add("Webhook:MaxConcurrentPerAccount must be from 1 to 10000.");
        if (options.BodyTimeout < TimeSpan.FromSeconds(1) || options.BodyTimeout > TimeSpan.FromMinutes(1))
            problems.Add("Webhook:BodyTimeout must be from 00:00:01 to 00:01:00.");
        if (options.ReplayWindow < TimeSpan.FromMinutes(1) || options.ReplayWindow > TimeSpan.FromDays(30))
            problems.Add("Webhook:ReplayWindow must be from 00:01:00 to 30.00:00:00.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
