namespace EyesonBridge.Simulator;

/// <summary>What goes wrong from now on. A room's faults count together with those of the whole simulator.</summary>
public sealed class SimulatorFaults
{
    private int _ignoredSubscribes;
    private int _missingFromLists;

    /// <summary>Sends no pings.</summary>
    public bool MutePings { get; set; }

    /// <summary>Sends nothing at all, welcome and answers to close frames included: a network that swallows everything.</summary>
    public bool MuteAll { get; set; }

    /// <summary>Waits before the welcome. Infinite means it never comes.</summary>
    public TimeSpan WelcomeDelay { get; set; }

    /// <summary>Waits before confirming a subscription. Infinite means the confirmation never comes.</summary>
    public TimeSpan ConfirmationDelay { get; set; }

    /// <summary>Answers each subscribe with <c>reject_subscription</c>.</summary>
    public bool RejectSubscriptions { get; set; }

    /// <summary>How many subscribe commands from now on are ignored in silence.</summary>
    public int IgnoreSubscribes
    {
        get => Volatile.Read(ref _ignoredSubscribes);
        set => Volatile.Write(ref _ignoredSubscribes, value);
    }

    /// <summary>Refuses the WebSocket upgrade with this HTTP status.</summary>
    public int? RefuseUpgradeWith { get; set; }

    /// <summary>Answers REST with this HTTP status. A room's value counts for the paths below that room and for its recordings and snapshots.</summary>
    public int? RestStatus { get; set; }

    /// <summary>
    /// Holds the answers of REST back until it completes; what they say is how things were when they were asked for. A
    /// room's value counts for the same paths as that of <see cref="RestStatus"/>.
    /// </summary>
    public Task? HoldRest { get; set; }

    /// <summary>From how many answers of <c>GET /rooms</c> the room is missing although it runs. Counts for a room only.</summary>
    public int MissingFromLists
    {
        get => Volatile.Read(ref _missingFromLists);
        set => Volatile.Write(ref _missingFromLists, value);
    }

    /// <summary>Answers each request for history with <c>reject_history</c> (extended protocol).</summary>
    public bool RejectHistory { get; set; }

    /// <summary>Never answers a request for history (extended protocol).</summary>
    public bool MuteHistory { get; set; }

    /// <summary>Restores no session (extended protocol).</summary>
    public bool ForgetSessions { get; set; }

    /// <summary>Repeats so many events that the observer has seen already when it asks for history (extended protocol).</summary>
    public int HistoryOverlap { get; set; }

    /// <summary>Takes all faults back.</summary>
    public void Reset()
    {
        MutePings = MuteAll = RejectSubscriptions = RejectHistory = MuteHistory = ForgetSessions = false;
        WelcomeDelay = ConfirmationDelay = TimeSpan.Zero;
        IgnoreSubscribes = HistoryOverlap = MissingFromLists = 0;
        RefuseUpgradeWith = RestStatus = null;
        HoldRest = null;
    }

    /// <summary>True when this subscribe command is one of those to ignore.</summary>
    internal bool TakeIgnoredSubscribe() => TakeOne(ref _ignoredSubscribes);

    /// <summary>True when the room is to be missing from this list.</summary>
    internal bool TakeMissingFromList() => TakeOne(ref _missingFromLists);

    private static bool TakeOne(ref int count)
    {
        var left = Volatile.Read(ref count);
        while (left > 0)
        {
            var seen = Interlocked.CompareExchange(ref count, left - 1, left);
            if (seen == left)
                return true;
            left = seen;
        }

        return false;
    }
}
