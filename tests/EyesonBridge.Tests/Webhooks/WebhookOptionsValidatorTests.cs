using EyesonBridge.Webhooks;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Webhooks;

public sealed class WebhookOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new WebhookOptionsValidator(), new WebhookOptions()));

    [Fact]
    public void Validate_Mistakes_AreNamedEach() => AssertNamed(
        ProblemsOf(new WebhookOptionsValidator(), new WebhookOptions
        {
            Url = "https://0.0.0.0:8081",
            MaxConnections = 0,
            MaxConcurrent = 0,
            MaxConcurrentPerAccount = 0,
            BodyTimeout = TimeSpan.Zero,
            ReplayWindow = TimeSpan.FromSeconds(59),
            MaxBodyBytes = 1023,
            PerSecond = 100_001,
        }),
        "Webhook:Url",
        "Webhook:MaxConnections",
        "Webhook:MaxConcurrent must",
        "Webhook:MaxConcurrentPerAccount",
        "Webhook:BodyTimeout",
        "Webhook:ReplayWindow",
        "Webhook:MaxBodyBytes",
        "Webhook:PerSecond");
}
