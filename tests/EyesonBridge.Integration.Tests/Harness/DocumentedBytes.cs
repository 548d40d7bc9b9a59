using System.Text;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>The bodies that <c>docs/contracts.md</c> shows: the code block after <c>&lt;!-- bytes: NAME --&gt;</c>, byte by byte.</summary>
internal static class DocumentedBytes
{
    public static byte[] Of(string name)
    {
        var text = File.ReadAllText(RepositoryRoot.PathTo("docs", "contracts.md"));
        var mark = $"<!-- bytes: {name} -->\n```json\n";
        var start = text.IndexOf(mark, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/contracts.md has no bytes '{name}'.");
        start += mark.Length;
        return Encoding.UTF8.GetBytes(text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)]);
    }
}
