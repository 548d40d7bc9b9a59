using EyesonBridge.Hosting;

namespace EyesonBridge.Tests.Hosting;

public sealed class UnreadableSettingsTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        { new InvalidDataException("Failed to load 'a.json'.", new FormatException("line 3")), "Failed to load 'a.json'. line 3" },
        { new UnauthorizedAccessException("Access to the path 'key' is denied."), "Settings cannot be read: Access to the path 'key' is denied. Let this user read the file, or take it away." },
        { new DirectoryNotFoundException("no such folder"), "no such folder" },
        { new FileNotFoundException("no such file"), "Settings cannot be read: no such file" },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Told_ReadingFails_IsAMistakeInTheSettings(Exception failure, string expected)
    {
        var wrong = Assert.Throws<ConfigurationException>(() => UnreadableSettings.Told<object>(() => throw failure));

        Assert.Equal(expected, Assert.Single(wrong.Problems));
    }
}
