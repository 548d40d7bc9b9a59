namespace EyesonBridge.Pacing;

/// <summary>When to connect again: at random within a time that doubles with each failure (full jitter).</summary>
internal sealed class ReconnectBackoff(TimeSpan within, TimeSpan withinAtMost, Random random)
{
    /// <summary>A connection that held so long is stable: the next failure counts as the first again.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromMinutes(1);

    private int _failures;

    /// <summary>The time to wait after one more failure.</summary>
    /// <param name="heldFor">How long the connection had held.</param>
    public TimeSpan Next(TimeSpan heldFor)
    {
        if (heldFor >= StableAfter)
            _failures = 0;

        var limit = TimeSpan.FromTicks((long)Math.Min(within.Ticks * Math.Pow(2, Math.Min(_failures, 30)), withinAtMost.Ticks));
        _failures++;
        return Jitter.Within(limit, random);
    }
}
