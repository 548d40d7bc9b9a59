using System.Globalization;
using System.Text.Encodings.Web;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>How things are written on the pages. Everything that comes from elsewhere is escaped.</summary>
internal static class HtmlText
{
    public static string Escape(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string NameOf(ObservationStatus state) => EnumNames<ObservationStatus>.Of(state);

    public static string NameOf(Health health) => health.ToString().ToLowerInvariant();

    public static string ClassOf(Health health) => health switch
    {
        Health.Healthy => "ok",
        Health.Degraded => "warn",
        _ => "bad",
    };

    public static string ClassOf(ObservationStatus state) => state switch
    {
        ObservationStatus.Observing => "ok",
        ObservationStatus.Interrupted or ObservationStatus.Rejected => "bad",
        ObservationStatus.Connecting or ObservationStatus.Waiting => "warn",
        _ => "",
    };

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double number) => number.ToString(number is > 0 and < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
    };

    public static string Span(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { Ticks: <= 0 } => "0 s",
        { TotalSeconds: < 60 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } span => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        var span => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
    };

    /// <summary>How long ago something was.</summary>
    public static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is { } then
        ? $"<time datetime=\"{then.UtcDateTime:O}\" title=\"{then.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\">{Span((now - then).TotalSeconds)} ago</time>"
        : "–";

    /// <summary>When something was.</summary>
    public static string At(DateTimeOffset at) => $"<time datetime=\"{at.UtcDateTime:O}\">{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}</time>";

    /// <summary>Where a room has its page.</summary>
    public static string AddressOf(string roomId) => Escape($"room?id={Uri.EscapeDataString(roomId)}");
}
