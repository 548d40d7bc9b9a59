using System.Text.RegularExpressions;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

/// <summary>What the image's recipe must keep to; scripts/test-image builds and runs it.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.PathTo("Dockerfile"));

    private static string Last => Text[Text.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];

    [Fact]
    public void Restore_OfItsOwnLayer_KnowsEachProject()
    {
        var restore = Text[..Text.IndexOf("RUN dotnet restore", StringComparison.Ordinal)];

        var projects = Directory.GetFiles(RepositoryRoot.PathTo("src"), "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(projects);
        foreach (var project in projects)
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(project));
            Assert.Contains($"COPY src/{folder}/{folder}.csproj src/{folder}/packages.lock.json src/{folder}/", restore, StringComparison.Ordinal);
        }

        Assert.Contains("--locked-mode", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void LastStage_TheBridge_RunsAsNobodyAndReceivesSignals()
    {
        Assert.Contains(" AS bridge", Last, StringComparison.Ordinal);
        Assert.Contains("\nUSER $APP_UID\n", Last, StringComparison.Ordinal);
        Assert.Contains("\nENTRYPOINT [\"dotnet\", \"/app/EyesonBridge.dll\"]\n", Last, StringComparison.Ordinal);
        Assert.Contains("\nVOLUME /data\n", Last, StringComparison.Ordinal);
        Assert.DoesNotContain("\nRUN ", Last, StringComparison.Ordinal); // a chiseled base has no shell
        Assert.Contains("--chown=1654:1654 /out/data /data", Last, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_WithoutTags_IsTheChartsOfThisMachine()
    {
        var chart = Chart().Match(File.ReadAllText(RepositoryRoot.PathTo("charts", "eyeson-bridge", "Chart.yaml"))).Groups["version"].Value;
        var program = Program().Match(File.ReadAllText(RepositoryRoot.PathTo("Directory.Build.props"))).Groups["version"].Value;

        Assert.Equal($"{chart}-local", program);
        Assert.Contains($"\nARG VERSION={program}\n", Text[..Text.IndexOf("\nFROM ", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Version_Given_IsThatOfEachProgramAndOfTheLabel()
    {
        foreach (var stage in Text.Split("\nFROM ").Where(static stage => stage.Contains("dotnet publish", StringComparison.Ordinal)))
        {
            Assert.Contains("\nARG VERSION\n", stage, StringComparison.Ordinal);
            Assert.Contains("-p:MinVerVersionOverride=${VERSION}", stage, StringComparison.Ordinal);
        }

        Assert.Contains("\nARG VERSION\n", Last, StringComparison.Ordinal);
        Assert.Contains("org.opencontainers.image.version=\"${VERSION}\"", Last, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_InTheImage_HasItsName()
    {
        Assert.Contains("ln -s /app/EyesonBridge /out/bin/eyeson-bridge\n", Text, StringComparison.Ordinal);
        Assert.Contains("\nCOPY --from=build /out/bin/ /usr/local/bin/\n", Last, StringComparison.Ordinal);
        Assert.Contains("-p:SourceRevisionId=${REVISION}", Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("<MinVerVersionOverride [^>]*>(?<version>.*)</MinVerVersionOverride>", RegexOptions.NonBacktracking)]
    private static partial Regex Program();

    [GeneratedRegex("\nappVersion: (?<version>.*)\n", RegexOptions.NonBacktracking)]
    private static partial Regex Chart();
}
