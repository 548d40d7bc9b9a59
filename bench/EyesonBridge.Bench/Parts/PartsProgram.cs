using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace EyesonBridge.Bench.Parts;

/// <summary>The small parts, each alone, by BenchmarkDotNet. In this process: their projects need not be built once more.</summary>
internal static class PartsProgram
{
    public static int Run(string results)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory)
            .HideColumns(Column.InvocationCount, Column.UnrollFactor, Column.Median)
            .WithArtifactsPath(Path.Combine(results, "parts"))
            .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableOptimizationsValidator);
        var summaries = BenchmarkRunner.Run(
            [typeof(FrameBenchmarks), typeof(NormalizeBenchmarks), typeof(SerializeBenchmarks), typeof(AppendBenchmarks), typeof(ReceiveBenchmarks)], config);
        return Array.TrueForAll(summaries, static summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }
}
