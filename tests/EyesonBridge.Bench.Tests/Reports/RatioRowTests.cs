using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Reports;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Tests.Reports;

public sealed class RatioRowTests
{
    private readonly Figures _figures = new();

    [Fact]
    public void Of_MoreIsBetter_ComparesWithTheHighestOfTheOthers()
    {
        Measured(Measures.Throughput, ours: 50, 80, 100);

        Assert.Equal(0.5, Assert.Single(Rows()).Ratio);
    }

    [Fact]
    public void Of_LessIsBetter_ComparesWithTheLowestOfTheOthers()
    {
        Measured(Measures.Cpu, ours: 50, 25, 100);

        Assert.Equal(2, Assert.Single(Rows()).Ratio);
    }

    [Fact]
    public void Of_SeveralRounds_TakesTheMedian()
    {
        foreach (var value in (double[])[900, 10, 20])
            Measured(Measures.Cpu, ours: value, 10);

        Assert.Equal(2, Assert.Single(Rows()).Ratio);
    }

    [Fact]
    public void Of_NobodyElse_HasNoRatio()
    {
        _figures.Add(BridgeCandidate.Plain, Measures.Cpu, 1);

        Assert.Null(Assert.Single(Rows()).Ratio);
    }

    [Fact]
    public void Of_OursFailed_HasNoRatio()
    {
        _figures.Add(NodeCandidate.Plain, Measures.Cpu, 1);

        Assert.Null(Assert.Single(Rows()).Ratio);
    }

    private IEnumerable<RatioRow> Rows() => RatioRow.Of(AllScenarios.List.Single(scenario => scenario.Name is "many-rooms"), _figures);

    private void Measured(Measure measure, double ours, params double[] others)
    {
        _figures.Add(BridgeCandidate.Plain, measure, ours);
        for (var i = 0; i < others.Length; i++)
            _figures.Add($"other {i}", measure, others[i]);
    }
}
