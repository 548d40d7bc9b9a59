using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Permalinks;

/// <summary>How permalinks are watched; section <c>Permalinks</c>.</summary>
internal sealed class PermalinkOptions
{
    public const string Section = "Permalinks";

    /// <summary>How often a permalink is asked whether its meeting has started, with jitter. Default 5 s, as Eyeson's own SDK.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many such requests are made in a second, for all permalinks together. Default 100. More permalinks than that allows are asked less often.</summary>
    [Range(1, 10_000)]
    public int CallsPerSecond { get; set; } = 100;
}
