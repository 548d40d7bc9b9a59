using EyesonBridge.Permalinks;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Permalinks;

public sealed class PermalinkOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new PermalinkOptionsValidator(), new PermalinkOptions()));

    [Fact]
    public void Validate_Mistakes_AreNamedEach() => AssertNamed(
        ProblemsOf(new PermalinkOptionsValidator(), new PermalinkOptions { PollInterval = TimeSpan.FromMilliseconds(999), CallsPerSecond = 0 }),
        "Permalinks:PollInterval",
        "Permalinks:CallsPerSecond");
}
