using System.Globalization;
using EyesonBridge.Accounts;
using EyesonBridge.Hosting;
using EyesonBridge.Testing.Processes;
using Microsoft.Extensions.Configuration;

namespace EyesonBridge.Tests.Hosting;

/// <summary>The file is what operators read first: it says what is so without it.</summary>
public sealed class AppSettingsTests
{
    private static readonly IConfigurationRoot File = new ConfigurationBuilder().AddJsonFile(RepositoryRoot.PathTo("appsettings.json")).Build();

    [Fact]
    public void Values_All_AreTheDefaultsOfTheOptions() =>
        Assert.Equal(
            BridgeOptions.Sections.SelectMany(Defaults).Order(StringComparer.Ordinal),
            SectionNames.SelectMany(section => File.GetSection(section).GetChildren()
                .Where(setting => !IsAccounts(setting.Key))
                .Select(setting => $"{setting.Path}={setting.Value}"))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Sections_All_AreKnown() =>
        Assert.Equal(
            SectionNames.Append("Logging").Order(StringComparer.Ordinal),
            File.GetChildren().Select(section => section.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Accounts_InTheFile_AreNone() => Assert.Empty(File.GetSection("Eyeson:Accounts").GetChildren());

    private static IEnumerable<string> SectionNames => BridgeOptions.Sections.Select(section => section.Name).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Defaults(IOptionsSection section)
    {
        var options = Activator.CreateInstance(section.OptionsType);
        return section.OptionsType.GetProperties()
            .Where(property => !IsAccounts(property.Name))
            .Select(property => $"{section.Name}:{property.Name}={Convert.ToString(property.GetValue(options), CultureInfo.InvariantCulture)}");
    }

    private static bool IsAccounts(string setting) => string.Equals(setting, nameof(EyesonOptions.Accounts), StringComparison.Ordinal);
}
