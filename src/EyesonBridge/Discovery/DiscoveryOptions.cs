using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Discovery;

/// <summary>Whether rooms are found instead of registered; section <c>Discovery</c>.</summary>
internal sealed class DiscoveryOptions
{
    public const string Section = "Discovery";

    /// <summary>Whether to observe every meeting that runs with the keys of the accounts. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>How often Eyeson is asked which meetings run. Default 15 s, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many rooms of an account are observed at the same time because they were found. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRooms { get; set; } = 1_000;

    /// <summary>The accounts whose rooms are looked for; all when empty.</summary>
    public IList<string> Accounts { get; set; } = [];
}
