using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EyesonBridge.Telemetry;

/// <summary>
/// Sends what is left when the process stops: made right after the providers, and so disposed of right before them, when
/// everything that writes spans is gone.
/// </summary>
/// <remarks>The providers would do it themselves, one after the other and for up to 5 s each while a collector hangs.</remarks>
internal sealed class TelemetryFlush(IServiceProvider services) : IDisposable
{
    private const int Milliseconds = 3_000;

    private readonly TracerProvider? _traces = services.GetService<TracerProvider>();
    private readonly MeterProvider? _metrics = services.GetService<MeterProvider>();
    private readonly LoggerProvider? _logs = services.GetService<LoggerProvider>();

    /// <summary>Sends all at once, so that stopping does not take long.</summary>
    public void Dispose() => Parallel.Invoke(
        () => _traces?.Shutdown(Milliseconds),
        () => _metrics?.Shutdown(Milliseconds),
        () => _logs?.Shutdown(Milliseconds));
}
