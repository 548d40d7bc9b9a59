using System.Diagnostics.Metrics;
using EyesonBridge.Telemetry;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Telemetry;

/// <summary>A service that writes a span, a measurement and a line while it is disposed of, as the bus and the store may.</summary>
internal sealed partial class LastWords(ILogger<LastWords> logger) : IDisposable
{
    public const string Text = "last words";

    private readonly Meter _meter = new(BridgeMetrics.MeterName);

    public void Dispose()
    {
        BridgeTelemetry.Source.StartActivity(Text)?.Dispose();
        _meter.CreateCounter<long>(Text.Replace(' ', '.')).Add(1);
        Say(Text);
        _meter.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
    private partial void Say(string text);
}
