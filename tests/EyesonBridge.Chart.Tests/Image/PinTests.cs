using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

/// <summary>What the images are built on: pinned, and the SDK that the repository asks for.</summary>
public sealed partial class PinTests
{
    public static TheoryData<string> Dockerfiles =>
        [.. Directory.GetFiles(RepositoryRoot.PathTo("samples"), "Dockerfile", SearchOption.AllDirectories).Append(RepositoryRoot.PathTo("Dockerfile")).Where(static path => File.ReadAllText(path).Contains("mcr.microsoft.com/", StringComparison.Ordinal)).Select(static path => Path.GetRelativePath(RepositoryRoot.PathTo(), path))];

    [Theory, MemberData(nameof(Dockerfiles))]
    public void Images_OfMicrosoft_ArePinnedByDigest(string dockerfile)
    {
        var text = File.ReadAllText(RepositoryRoot.PathTo(dockerfile));

        foreach (var image in From().Matches(text).Select(static match => match.Groups["image"].Value))
            Assert.Matches("^mcr.microsoft.com/dotnet/(sdk:\\${SDK}|aspnet:\\${RUNTIME})$", image);
        Assert.Equal(["RUNTIME", "SDK"], Pins().Matches(text).Select(static match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Dockerfiles))]
    public void Pins_OfEach_AreThoseOfTheOthers(string dockerfile) =>
        Assert.Equal(
            Pins().Matches(File.ReadAllText(RepositoryRoot.PathTo("Dockerfile"))).Select(static match => match.Value),
            Pins().Matches(File.ReadAllText(RepositoryRoot.PathTo(dockerfile))).Select(static match => match.Value));

    [Fact]
    public void Sdk_OfTheImage_IsOneThatGlobalJsonAllows()
    {
        var sdk = JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathTo("global.json")))!["sdk"]!;
        Assert.Equal("latestPatch", sdk["rollForward"]!.GetValue<string>());
        var wanted = Version.Parse(sdk["version"]!.GetValue<string>());
        var pinned = Pinned("SDK");

        Assert.Equal((wanted.Major, wanted.Minor, wanted.Build / 100), (pinned.Major, pinned.Minor, pinned.Build / 100));
        Assert.True(pinned >= wanted, string.Create(CultureInfo.InvariantCulture, $"{pinned} is older than {wanted}"));
        var runtime = Pinned("RUNTIME");
        Assert.Equal((wanted.Major, wanted.Minor), (runtime.Major, runtime.Minor));
    }

    private static Version Pinned(string name) => Version.Parse(
        Pins().Matches(File.ReadAllText(RepositoryRoot.PathTo("Dockerfile"))).Single(match => string.Equals(match.Groups["name"].Value, name, StringComparison.Ordinal)).Groups["version"].ValueSpan);

    [GeneratedRegex("^FROM (?:--platform=\\S+ )?(?<image>mcr\\.microsoft\\.com/\\S+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex From();

    [GeneratedRegex("^ARG (?<name>SDK|RUNTIME)=(?<version>[0-9.]+)@sha256:[0-9a-f]{64}$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Pins();
}
