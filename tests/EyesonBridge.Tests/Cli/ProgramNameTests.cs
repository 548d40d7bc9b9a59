using System.Text.RegularExpressions;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Cli;

/// <summary>Help, documentation and examples call the program by the name of its command.</summary>
public sealed partial class ProgramNameTests
{
    [Fact]
    public void Examples_Everywhere_UseTheCommand()
    {
        IEnumerable<string> files =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.PathTo(), "*.md"),
            .. Directory.EnumerateFiles(RepositoryRoot.PathTo("docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(RepositoryRoot.PathTo("charts"), "*", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(RepositoryRoot.PathTo("src", "EyesonBridge", "Cli"), "*.cs", SearchOption.AllDirectories),
            RepositoryRoot.PathTo("compose.yaml"),
        ];

        var others = files.SelectMany(file => File.ReadLines(file)
            .Where(line => OtherName().IsMatch(line))
            .Select(line => $"{Path.GetRelativePath(RepositoryRoot.PathTo(), file)}: {line}"));

        Assert.Empty(others);
    }

    [GeneratedRegex(@"EyesonBridge(\.dll)? (--help|--version|run|observe|stop|list|tail|permalink|webhook|rooms|doctor|store|demo|schema|config|completion)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OtherName();
}
