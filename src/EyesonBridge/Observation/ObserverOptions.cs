using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Observation;

/// <summary>How patient observers are; section <c>Observer</c>. The defaults follow Eyeson's own clients.</summary>
internal sealed class ObserverOptions
{
    public const string Section = "Observer";

    /// <summary>For TCP, TLS and the upgrade. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", MinimumIsExclusive = true)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the upgrade to the server's welcome. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", MinimumIsExclusive = true)]
    public TimeSpan WelcomeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From subscribing to its confirmation; subscribed a second time after half of it. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", MinimumIsExclusive = true)]
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A socket without any frame for so long is dead. Eyeson pings every 3 s. Default 7 s: two missed pings and a bit.</summary>
    [Range(typeof(TimeSpan), "00:00:04", "10675199.02:48:05.4775807")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(7);

    /// <summary>The largest frame that is read whole, in bytes. Default 1 MiB.</summary>
    [Range(4096, 64 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 1024 * 1024;

    /// <summary>The first attempt to reconnect comes within this time, at random. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", MinimumIsExclusive = true)]
    public TimeSpan ReconnectWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>That time doubles with each failure up to this one, which must not be less than <see cref="ReconnectWithin"/>. Default 30 s.</summary>
    public TimeSpan ReconnectWithinAtMost { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest time between two attempts for a room that is not running yet; up to a fifth more at random. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", MinimumIsExclusive = true)]
    public TimeSpan WaitInterval { get; set; } = TimeSpan.FromSeconds(15);
}
