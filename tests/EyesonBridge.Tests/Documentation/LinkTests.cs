using System.Text.RegularExpressions;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Documentation;

/// <summary>Every link of the repository's pages leads to a file that is there, and to a heading that it has.</summary>
public sealed partial class LinkTests
{
    private static readonly string Root = RepositoryRoot.PathTo();

    private static readonly string[] Foreign = ["bin", "obj", "node_modules", "artifacts", "bench-results"];

    private static readonly Dictionary<string, MarkdownPage> Pages = Markdown(Root).ToDictionary(path => path, MarkdownPage.Read, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Pages.Keys.Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Pages_OfEveryFolder_AreLookedAt() =>
        Assert.Superset(
            new HashSet<string>(["README.md", "docs/README.md", "docs/runbooks/README.md", "samples/README.md", "charts/eyeson-bridge/README.md", "src/EyesonBridge.Contracts/README.md"], StringComparer.Ordinal),
            Pages.Keys.Select(path => Path.GetRelativePath(Root, path)).ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_OfAPage_LeadSomewhere(string name)
    {
        var page = Pages[Path.Combine(Root, name)];

        Assert.Empty(page.Links.Where(link => !Scheme().IsMatch(link) && Problem(page, link) is not null).Select(link => $"{link}: {Problem(page, link)}"));
    }

    [Fact]
    public void Runbooks_Each_IsInTheirIndex()
    {
        var index = Pages[RepositoryRoot.PathTo("docs", "runbooks", "README.md")];

        Assert.All(
            Directory.EnumerateFiles(RepositoryRoot.PathTo("docs", "runbooks"), "*.md").Select(path => Path.GetFileName(path)!).Where(name => !string.Equals(name, "README.md", StringComparison.Ordinal)),
            name => Assert.Contains(name, index.Links));
    }

    private static string? Problem(MarkdownPage page, string link)
    {
        var (file, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
        var path = file.Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, Uri.UnescapeDataString(file)));
        if (!Path.Exists(path))
            return "there is no such file";
        return anchor is not null && Pages.TryGetValue(path, out var target) && !target.Anchors.Contains(anchor) ? "there is no such heading" : null;
    }

    private static IEnumerable<string> Markdown(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(Directory.EnumerateDirectories(folder)
            .Where(static sub => Path.GetFileName(sub) is var name && !name.StartsWith('.') && !Foreign.Contains(name, StringComparer.Ordinal))
            .SelectMany(Markdown));

    /// <summary>Of another site.</summary>
    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scheme();
}
