using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using EyesonBridge.Telemetry;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Tests.Hosting;

namespace EyesonBridge.Tests.Telemetry;

/// <summary>docs/operations.md has the metrics; dashboards and alerts are written from it.</summary>
public sealed class MetricNamesTests
{
    [Fact(Timeout = 60_000)]
    public async Task Instruments_OfARunningBridge_AreTheDocumentedOnes()
    {
        await using var bridge = await BridgeFixture.StartAsync(TestContext.Current.CancellationToken);
        RuntimeHelpers.RunClassConstructor(typeof(BridgeMetrics).TypeHandle); // brings the static ones into being
        RuntimeHelpers.RunClassConstructor(typeof(OutcomeMetrics).TypeHandle);
        var found = new HashSet<(string Name, string Unit)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (string.Equals(instrument.Meter.Name, BridgeMetrics.MeterName, StringComparison.Ordinal))
                    found.Add((instrument.Name, instrument.Unit!));
            },
        };
        listener.Start();

        Assert.Equal(Documented().Order(), found.Order());
    }

    private static IEnumerable<(string Name, string Unit)> Documented() =>
        from line in File.ReadLines(RepositoryRoot.PathTo("docs", "operations.md"))
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 7 && cells[2] is "gauge" or "counter" or "histogram"
        select (cells[1].Trim('`'), cells[3]);
}
