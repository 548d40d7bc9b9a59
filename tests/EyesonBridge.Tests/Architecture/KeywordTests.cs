using System.Text.RegularExpressions;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Architecture;

/// <summary>Types that have a keyword are declared with it (IDE0049): the compiler, which sees to all other rules of style, does not look.</summary>
public sealed partial class KeywordTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("samples")]
    public void Declarations_OfTypesWithAKeyword_UseIt(string folder)
    {
        var named = SourceFiles(folder).SelectMany(file => File.ReadLines(file)
            .Where(Names)
            .Select(line => $"{Path.GetRelativePath(RepositoryRoot.PathTo(), file)}: {line.Trim()}"));

        Assert.Empty(named);
    }

    [Theory]
    [InlineData("Int32 count = 0;", true)]
    [InlineData("private readonly String? _name;", true)]
    [InlineData("public Boolean Is(Object[] those) => true;", true)]
    [InlineData("var list = new List<Int64>();", true)]
    [InlineData("Func<int, Double> half = Half;", true)]
    [InlineData("int count = Int32.Parse(text);", false)] // a member: there either is right
    [InlineData("var reader = value.GetInt32();", false)]
    [InlineData("// Object that is gone", false)]
    public void Names_Line_IsSeenWhenItDeclares(string line, bool expected) => Assert.Equal(expected, Names(line));

    private static bool Names(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !IsQuoted(line) && Declaration().IsMatch(line);

    private static bool IsQuoted(string line) => line.TrimStart().StartsWith("[InlineData(\"", StringComparison.Ordinal);

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(RepositoryRoot.PathTo(folder), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj" or "node_modules"));

    [GeneratedRegex(
        """(?<![\w."])(Boolean|S?Byte|U?Int(16|32|64)|Single|Double|Decimal|Object|String|Char)(\?|\[,*\])*(?=\s+\w+\s*(=|;|,|\)|\(|\{|in\b)|[>,]\s*[\w>?(])""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();
}
