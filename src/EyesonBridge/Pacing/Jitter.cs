namespace EyesonBridge.Pacing;

/// <summary>Moves a time at random, so that what waits for the same reason does not come at the same moment.</summary>
internal static class Jitter
{
    /// <summary>From nothing up to the time.</summary>
    /// <param name="time">The longest that comes of it.</param>
    /// <param name="random">Where chance comes from; the shared source when null.</param>
    public static TimeSpan Within(TimeSpan time, Random? random = null) => time * Drawn(random);

    /// <summary>The time, or up to a share of it less.</summary>
    /// <param name="time">The longest that comes of it.</param>
    /// <param name="share">How much less at most, such as 0.2 for a fifth.</param>
    /// <param name="random">Where chance comes from; the shared source when null.</param>
    public static TimeSpan Below(TimeSpan time, double share, Random? random = null) => time * (1 - share + (share * Drawn(random)));

    /// <summary>The time, or up to a share of it more.</summary>
    /// <param name="time">The shortest that comes of it.</param>
    /// <param name="share">How much more at most, such as 0.2 for a fifth.</param>
    /// <param name="random">Where chance comes from; the shared source when null.</param>
    public static TimeSpan Above(TimeSpan time, double share, Random? random = null) => time * (1 + (share * Drawn(random)));

    /// <summary>The time, or up to a share of it less or more.</summary>
    /// <param name="time">The middle of what comes of it.</param>
    /// <param name="share">How far from it at most, such as 0.2 for a fifth.</param>
    /// <param name="random">Where chance comes from; the shared source when null.</param>
    public static TimeSpan Around(TimeSpan time, double share, Random? random = null) => time * (1 - share + (2 * share * Drawn(random)));

    private static double Drawn(Random? random) => (random ?? Random.Shared).NextDouble();
}
