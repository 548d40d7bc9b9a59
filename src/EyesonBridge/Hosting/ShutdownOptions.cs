using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Hosting;

/// <summary>How the bridge stops; section <c>Host</c>.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Host";

    /// <summary>How long stopping may take, most of it for publishing what waits. Default 25 s, below the 30 s of Kubernetes.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);
}
