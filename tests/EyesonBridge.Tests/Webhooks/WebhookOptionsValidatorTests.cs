using EyesonBridge.Webhooks;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Webhooks;

public sealed class WebhookOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new WebhookOptionsValidator(), new WebhookOptions()));

    [Fact]
    public void Validate_Mistakes_AreNamedEach() => AssertNamed(
        ProblemsOf(new WebhookOptionsValidator(), new WebhookOptions { MaxBodyBytes = 1023, PerSecond = 100_001 }),
        "Webhook:MaxBodyBytes",
        "Webhook:PerSecond");
}
