namespace EyesonBridge.Telemetry;

/// <summary>The outcome of a frame.</summary>
internal static class FrameOutcomes
{
    /// <summary>It changed something.</summary>
    public const string Applied = "applied";

    /// <summary>It told what was known.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>It was passed on as it is: an unknown type, or nothing that can be read.</summary>
    public const string Unrecognized = "unrecognized";

    /// <summary>It was left out: not for this channel, a repeat, or after the end.</summary>
    public const string Discarded = "discarded";
}
