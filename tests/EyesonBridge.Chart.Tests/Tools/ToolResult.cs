namespace EyesonBridge.Chart.Tests.Tools;

/// <summary>How a program ended, and what it said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public void AssertSuccess() => Assert.True(ExitCode == 0, $"{Output}{Environment.NewLine}{Errors}");
}
