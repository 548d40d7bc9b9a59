using System.Globalization;

namespace EyesonBridge.Bench.Micro;

/// <summary>Two figures that were measured in turn, and their ratio.</summary>
/// <param name="Unit">What they are in.</param>
/// <param name="Ours">What the bridge takes, one for each round.</param>
/// <param name="Baseline">What the baseline takes, in the same rounds.</param>
internal sealed record Comparison(string Unit, IReadOnlyList<double> Ours, IReadOnlyList<double> Baseline)
{
    public const int Rounds = 5;

    public static void Print(string name, Comparison figures)
    {
        var ratios = figures.Ours.Zip(figures.Baseline, (ours, baseline) => ours / baseline).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-11} {ratios[Rounds / 2],7:0.00} x baseline ({ratios[0]:0.00} to {ratios[^1]:0.00});  {Median(figures.Ours):0.00} against {Median(figures.Baseline):0.00} {figures.Unit}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
