namespace EyesonBridge.Pacing;

/// <summary>How long to wait before REST is asked again: 5 seconds, longer each time, up to a minute; a little less at random.</summary>
internal sealed class AskingPace(Random random)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    private const double Growth = 1.5;

    private TimeSpan _limit = First;

    /// <summary>The time to wait after one more answer that was not enough.</summary>
    public TimeSpan Next()
    {
        var limit = _limit;
        _limit = limit * Growth < AtMost ? limit * Growth : AtMost;
        return Jitter.Below(limit, 0.2, random);
    }

    /// <summary>There is something new to ask for: starts over.</summary>
    public void Reset() => _limit = First;
}
