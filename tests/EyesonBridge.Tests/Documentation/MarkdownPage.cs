using System.Text.RegularExpressions;

namespace EyesonBridge.Tests.Documentation;

/// <summary>A page of Markdown: where its headings are, and where its links lead.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string path, string text)
    {
        Path = path;
        var prose = CodeBlock().Replace(text, "");
        Anchors = Slugs(prose).ToHashSet(StringComparer.Ordinal);
        Links = [.. Link().Matches(CodeSpan().Replace(prose, "code")).Select(match => match.Groups["target"].Value)];
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>The names of its headings, as they are linked to.</summary>
    public IReadOnlySet<string> Anchors { get; }

    /// <summary>The targets of its links, outside of code.</summary>
    public IReadOnlyList<string> Links { get; }

    public static MarkdownPage Read(string path) => new(path, File.ReadAllText(path));

    /// <summary>As GitHub names headings; one of the same name gets a number.</summary>
    private static IEnumerable<string> Slugs(string prose)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match heading in Heading().Matches(prose))
        {
            var words = Target().Replace(heading.Groups["text"].Value, "${text}").Trim().ToLowerInvariant();
            var slug = NoWord().Replace(words, "").Replace(' ', '-');
            var count = seen[slug] = seen.GetValueOrDefault(slug) + 1;
            yield return count == 1 ? slug : $"{slug}-{count - 1}";
        }
    }

    [GeneratedRegex(@"^[ >]*```.*?^[ >]*```[^\n]*$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^#{1,6} +(?<text>[^\n]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoWord();
}
