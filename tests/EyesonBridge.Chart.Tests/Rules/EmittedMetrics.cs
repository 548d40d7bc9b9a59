using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using EyesonBridge.Hosting;
using EyesonBridge.Testing;

namespace EyesonBridge.Chart.Tests.Rules;

/// <summary>The metrics of a bridge that runs, under the names that an OTLP receiver of Prometheus gives them.</summary>
internal static class EmittedMetrics
{
    /// <summary>The names, and what Prometheus gets when it fetches the metrics.</summary>
    public static async Task<(IReadOnlySet<string> Names, string Scraped)> ReadAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name is not "EyesonBridge")
                return;

            lock (names)
                names.UnionWith(InPrometheus(instrument));
        };
        listener.Start();
        TouchStaticInstruments();

        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Bus:Transport"] = "InMemory",
            ["Store:ConnectionString"] = $"Data Source={folder.Combine("bridge.db")}",
            ["Management:Url"] = "http://127.0.0.1:0",
            ["Management:Prometheus"] = "true",
            ["Eyeson:Accounts:default:ApiKey"] = "key",
        };
        await using var bridge = await RunningBridge.StartAsync(settings, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        var scraped = await http.GetStringAsync(new Uri(new Uri(bridge.Urls.First()), "/metrics"), TestContext.Current.CancellationToken);
        lock (names)
            return (new HashSet<string>(names, StringComparer.Ordinal), scraped);
    }

    /// <summary>Counters are static: they are there from the first use of their class, which may be long after the start.</summary>
    private static void TouchStaticInstruments()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var type in typeof(BridgeHost).Assembly.GetTypes().Where(type => type.GetFields(Static).Any(field => field.FieldType == typeof(Meter))))
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
    }

    private static IEnumerable<string> InPrometheus(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            null or ['{', .., '}'] => "",
            var other => throw new InvalidOperationException($"How Prometheus names the unit {other} is not known here."),
        };
        var type = instrument.GetType().GetGenericTypeDefinition();
        if (type == typeof(Counter<>))
            return [$"{name}_total"];
        if (type == typeof(Histogram<>))
            return [$"{name}_bucket", $"{name}_sum", $"{name}_count"];
        return type == typeof(ObservableGauge<>)
            ? [name]
            : throw new InvalidOperationException($"How Prometheus names a {type.Name} is not known here.");
    }
}
