using EyesonBridge.Cli;

namespace EyesonBridge.Tests.Cli;

public sealed class VersionActionTests
{
    [Theory]
    [InlineData("1.2.3+4bf92f3577b34da6a3ce929d0e0e4736", "eyeson-bridge 1.2.3 (commit 4bf92f3577b34da6a3ce929d0e0e4736; .NET ")]
    [InlineData("0.1.0-alpha.0.7", "eyeson-bridge 0.1.0-alpha.0.7 (commit unknown; .NET ")]
    [InlineData("1.2.3+", "eyeson-bridge 1.2.3 (commit unknown; .NET ")]
    public void Describe_OfWhatTheCompilerWrote_TellsItApart(string informationalVersion, string says) =>
        Assert.StartsWith(says, VersionAction.Describe(informationalVersion), StringComparison.Ordinal);
}
