using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Tests.Telemetry;

/// <summary>What is measured by what the test that made this calls. The instruments are those of all tests of the process.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly AsyncLocal<Measured?> _here = new();
    private readonly ConcurrentQueue<Measurement> _values = new();

    /// <param name="instruments">Names of the instruments.</param>
    public Measured(params string[] instruments)
    {
        _here.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is BridgeMetrics.MeterName && instruments.Contains(instrument.Name, StringComparer.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyCollection<Measurement> Values => _values;

    /// <summary>The attributes of all measurements so far, in their order.</summary>
    public IEnumerable<string> Tags => _values.Select(static value => value.Tags);

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!ReferenceEquals(_here.Value, this))
            return;

        var text = string.Join(' ', tags.ToArray().OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{tag.Key}={tag.Value}"));
        _values.Enqueue(new Measurement(instrument.Name, value, text, Activity.Current?.Id));
    }

    internal sealed record Measurement(string Instrument, double Value, string Tags, string? Span);
}
