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

    [Fact]
    public void Of_ScenarioWithReference_ComparesWithThatAlone()
    {
        _figures.Add("10,000 rooms", Measures.Cpu, 12);
        _figures.Add("1,000 rooms", Measures.Cpu, 2);
        _figures.Add("100 rooms", Measures.Cpu, 10);

        Assert.Equal(1.2, Assert.Single(Rows("room-count")).Ratio);
    }

    private IEnumerable<RatioRow> Rows(string name = "many-rooms") =>
        RatioRow.Of(AllScenarios.List.Single(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal)), _figures);

    private void Measured(Measure measure, double ours, params double[] others)
    {
        _figures.Add(BridgeCandidate.Plain, measure, ours);
        for (var i = 0; i < others.Length; i++)
            _figures.Add($"other {i}", measure, others[i]);
    }
}
