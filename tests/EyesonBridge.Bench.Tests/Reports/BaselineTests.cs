using EyesonBridge.Bench.Reports;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Tests.Reports;

public sealed class BaselineTests
{
    [Theory]
    [InlineData(1.32, false)]
    [InlineData(1.34, true)]
    [InlineData(0.5, false)]
    public void Worse_CostsMoreThanBefore_IsNamedFromAThirdOn(double now, bool isWorse)
    {
        var worse = new Baseline(Ratios(1)).Worse([Row(Measures.Cpu, now)]);

        Assert.Equal(isWorse, worse is [var text] && text.StartsWith("here.cpu: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.76, false)]
    [InlineData(0.74, true)]
    [InlineData(2, false)]
    public void Worse_LessThroughputThanBefore_IsNamedFromAThirdOn(double now, bool isWorse)
    {
        var worse = new Baseline(Ratios(1)).Worse([Row(Measures.Throughput, now)]);

        Assert.Equal(isWorse, worse.Count == 1);
    }

    [Fact]
    public void Worse_RatioThatIsNotChecked_IsNotNamed() =>
        Assert.Empty(new Baseline(Ratios(1)).Worse([Row(Measures.P999, 10)]));

    [Fact]
    public void Worse_RatioWithoutBaseline_IsNotNamed() =>
        Assert.Empty(new Baseline(new Dictionary<string, double>(StringComparer.Ordinal)).Worse([Row(Measures.Cpu, 10)]));

    [Fact]
    public void Missing_RatioOfAScenarioThatRan_IsNamed()
    {
        var missing = new Baseline(Ratios(1)).Missing([Row(Measures.Cpu, 1)], ["here"]);

        Assert.Equal(["here.throughput", "here.p99.9"], missing);
    }

    [Fact]
    public void Missing_RatioOfAScenarioThatDidNotRun_IsNotNamed() => Assert.Empty(new Baseline(Ratios(1)).Missing([], ["elsewhere"]));

    [Fact]
    public async Task Write_ReadBack_ComparesWithTheSameRatios()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, Baseline.Write([Row(Measures.Cpu, 2)]), TestContext.Current.CancellationToken);
        var baseline = await Baseline.ReadAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);

        Assert.Empty(baseline.Worse([Row(Measures.Cpu, 2.6)]));
        Assert.Single(baseline.Worse([Row(Measures.Cpu, 2.7)]));
    }

    private static Dictionary<string, double> Ratios(double ratio) => new(StringComparer.Ordinal)
    {
        ["here.cpu"] = ratio,
        ["here.throughput"] = ratio,
        ["here.p99.9"] = ratio,
    };

    private static RatioRow Row(Measure measure, double ratio) =>
        new($"here.{measure.Key}", measure, new Dictionary<string, double>(StringComparer.Ordinal), ratio);
}
