namespace EyesonBridge.Bench.Scale;

/// <summary>What happened in a phase.</summary>
/// <param name="name">Its name.</param>
/// <param name="begun">When it began.</param>
internal sealed class PhaseRecord(string name, TimeSpan begun)
{
    public string Name => name;

    public TimeSpan Begun => begun;

    /// <summary>Until all rooms were observed and evenly spread; null when they were not in time.</summary>
    public TimeSpan? SettledAfter { get; set; }

    /// <summary>Rooms that were observed, and then were not.</summary>
    public int Lost { get; set; }

    /// <summary>Those of them that a replica gave up for others to take.</summary>
    public int GivenUp { get; set; }

    /// <summary>From the loss of a room until another replica had it.</summary>
    public List<TimeSpan> ClaimedAfter { get; } = [];

    /// <summary>From the loss of a room until it was observed again: its gap.</summary>
    public List<TimeSpan> ObservedAfter { get; } = [];

    public int Handshakes { get; set; }

    /// <summary>The most in a second.</summary>
    public int MostHandshakes { get; set; }

    public TimeSpan LongestHandshakeWait { get; set; }

    /// <summary>The most processors of the database that were busy in a second.</summary>
    public double MostBusy { get; set; }

    /// <summary>The fewest rooms of a replica, at the end.</summary>
    public int LeastHeld { get; set; }

    /// <summary>The most rooms of a replica, at the end.</summary>
    public int MostHeld { get; set; }

    /// <summary>The time within which a share of them was done; zero when there was none.</summary>
    public static TimeSpan Within(List<TimeSpan> times, double share) =>
        times.Count == 0 ? TimeSpan.Zero : times.Order().ElementAt((int)Math.Min(times.Count - 1, Math.Ceiling(times.Count * share) - 1));
}
