using System.Globalization;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench;

/// <summary>The arguments that <c>bench/run</c> passes on.</summary>
internal sealed class BenchArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="BenchException">One of them is not known.</exception>
    public BenchArguments(IEnumerable<string> arguments)
    {
        var only = new List<string>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (argument is "--short" or "--check" or "--write-baseline")
                _values[argument] = "";
            else if (argument is "--only" or "--rounds" or "--bridge" or "--node" or "--broker" or "--broker-kind" or "--results" or "--baseline")
                _values[argument] = rest.TryDequeue(out var value) ? value : throw new BenchException($"{argument} needs a value.");
            else if (!argument.StartsWith('-'))
                only.Add(argument);
            else
                throw new BenchException($"unknown option {argument}");
        }

        if (_values.TryGetValue("--only", out var first))
            only.Insert(0, first);
        Only = only;
    }

    /// <summary>The scenarios to run; none for all.</summary>
    public IReadOnlyList<string> Only { get; }

    public bool IsShort => _values.ContainsKey("--short");

    public bool IsCheck => _values.ContainsKey("--check");

    public bool IsNewBaseline => _values.ContainsKey("--write-baseline");

    public string Baseline => _values["--baseline"];

    /// <summary>How often each is measured; what is compared with a baseline, or becomes one, is the median of three.</summary>
    public int? Rounds => _values.TryGetValue("--rounds", out var rounds) ? int.Parse(rounds, CultureInfo.InvariantCulture)
        : IsCheck || IsNewBaseline ? 3
        : null;

    public Tools Tools => new(_values["--bridge"], _values["--node"], _values["--broker"], _values["--broker-kind"], _values["--results"]);
}
