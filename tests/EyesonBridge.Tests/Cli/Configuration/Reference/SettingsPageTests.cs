using EyesonBridge.Cli.Configuration.Reference;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Cli.Configuration.Reference;

/// <summary>docs/settings.md has every setting, as the options have it.</summary>
public sealed class SettingsPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.PathTo("docs", "settings.md"));

    [Fact]
    public void Page_OfTheRepository_IsWhatTheOptionsSay() =>
        Assert.True(
            string.Equals(Page, SettingsPage.Renew(Page, new SettingComments()), StringComparison.Ordinal),
            "docs/settings.md is not what the options say now. Write it again: dotnet run --project src/EyesonBridge -- config docs --write .");

    [Fact]
    public void Meanings_Each_SaysMoreThanTheDefault() =>
        Assert.All(SettingEntries.All, static setting =>
        {
            var meaning = new SettingComments().Of(setting);
            Assert.Matches(@"^[A-Z`].+\.$", meaning);
            Assert.DoesNotMatch("[Dd]efault [`0-9]|  ", meaning);
        });

    [Fact(Timeout = 60_000)]
    public async Task Docs_FolderWithoutThePage_IsToldInALine()
    {
        using var folder = new TempFolder();

        var run = await CommandRun.OfAsync("config", "docs", "--write", folder.Path);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"eyeson-bridge: The settings cannot be documented in '{folder.Path}': ", run.Errors, StringComparison.Ordinal);
    }
}
