using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>The permissions that <c>docs/security.md</c> names as the least: the line after <c>&lt;!-- permissions: NAME --&gt;</c>.</summary>
internal static class DocumentedPermissions
{
    /// <summary>Patterns for configure, write and read.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var text = File.ReadAllText(RepositoryRoot.PathTo("docs", "security.md"));
        var mark = $"<!-- permissions: {name} -->\n```sh\n";
        var start = text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/security.md has no permissions '{name}'.");
        start += mark.Length;
        var line = text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)];
        return [.. line.Split('\'').Where((_, index) => index % 2 == 1)];
    }
}
