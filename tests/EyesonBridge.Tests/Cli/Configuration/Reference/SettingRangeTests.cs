using System.Globalization;
using EyesonBridge.Cli.Configuration.Reference;
using EyesonBridge.Hosting;
using Microsoft.Extensions.Configuration;

namespace EyesonBridge.Tests.Cli.Configuration.Reference;

/// <summary>The limits that are documented are those that are checked at start.</summary>
public sealed class SettingRangeTests
{
    public static TheoryData<string> Limited => [.. SettingEntries.All.Where(setting => setting.Range is not null).Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Limited))]
    public void Limits_OfEach_AreThoseOfTheValidator(string name)
    {
        var setting = SettingEntries.All.Single(setting => string.Equals(setting.Name, name, StringComparison.Ordinal));
        var range = setting.Range!;
        var (least, most) = (Read(range.Minimum), Read(range.Maximum));

        Assert.Equal(range.MinimumIsExclusive, IsRefused(least));
        Assert.True(IsRefused(least - 1));
        Assert.False(IsRefused(range.MinimumIsExclusive ? least + 1 : least));
        if (most != long.MaxValue)
        {
            Assert.False(IsRefused(most));
            Assert.True(IsRefused(most + 1));
        }

        long Read(object limit)
        {
            var text = Convert.ToString(limit, CultureInfo.InvariantCulture)!;
            return setting.Type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks : long.Parse(text, CultureInfo.InvariantCulture);
        }

        bool IsRefused(long value)
        {
            var text = setting.Type == typeof(TimeSpan) ? TimeSpan.FromTicks(value).ToString("c", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)text)]).Build();
            return BridgeOptions.Sections
                .Where(section => section.OptionsType == setting.Property.DeclaringType)
                .SelectMany(section => section.Problems(configuration))
                .Any(problem => problem.StartsWith($"{name} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Limits_OfNumbersAndDurations_AreSaid() =>
        Assert.Equal(
            ["Observer:ReconnectWithinAtMost"], // its limit is another setting
            SettingEntries.All
                .Where(static setting => setting.Range is null && (setting.Type == typeof(int) || setting.Type == typeof(long) || setting.Type == typeof(TimeSpan)))
                .Select(static setting => setting.Name));
}
