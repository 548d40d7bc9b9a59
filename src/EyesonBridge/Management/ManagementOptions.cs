using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Management;

/// <summary>The HTTP port for operators; section <c>Management</c>.</summary>
internal sealed class ManagementOptions
{
    public const string Section = "Management";

    /// <summary>Where to listen. Default <c>http://0.0.0.0:8080</c>. Port 0 takes a free one.</summary>
    public string Url { get; set; } = "http://0.0.0.0:8080";

    /// <summary>
    /// Host names, beside those of the own network, by which the port may be asked, separated by <c>;</c>. <c>*</c> allows any. IP addresses,
    /// names without a dot, and names that end in <c>.local</c>, <c>.localhost</c>, <c>.internal</c> or <c>.svc</c> are always allowed.
    /// </summary>
    public string? AllowedHosts { get; set; }

    /// <summary>
    /// Whether <c>/metrics</c> serves the metrics to Prometheus. Default false. What serves them is a pre-release of
    /// OpenTelemetry's exporter; over OTLP nothing is.
    /// </summary>
    public bool Prometheus { get; set; }

    /// <summary>
    /// For how long supervisor or dispatcher may do nothing, with something to do, before <c>/health/live</c> fails; for the
    /// dispatcher <c>Bus:PublishTimeout</c> comes on top. Default 2 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromMinutes(2);
}
