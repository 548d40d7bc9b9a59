using System.Text.RegularExpressions;

namespace EyesonBridge.Chart.Tests.Rules;

/// <summary>What an expression for Prometheus asks for.</summary>
internal static partial class PromQl
{
    /// <summary>The names of all metrics in it. Ours are always followed by a selector, or stand in label_values.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Names().Matches(expression).Select(match => match.Groups["name"].Value);

    /// <summary>The selectors in it, such as <c>job="eyeson-bridge"</c>, each with its metric.</summary>
    public static IEnumerable<(string Metric, string Selector)> Selectors(string expression) =>
        Selected().Matches(expression).Select(match => (match.Groups["name"].Value, match.Groups["selector"].Value));

    [GeneratedRegex(@"label_values\((?<name>[a-zA-Z_:][\w:]*)|(?<name>[a-zA-Z_:][\w:]*)\s*\{|(?<name>\b(eyeson_bridge|messaging)_\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<name>[a-zA-Z_:][\w:]*)\s*\{(?<selector>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Selected();
}
