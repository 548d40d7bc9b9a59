namespace EyesonBridge.Bench.Scale;

/// <summary>The database: so many statements at a time, the others wait in line; what one does is done at its end, at once.</summary>
internal sealed class SimulatedDatabase(VirtualTime time, DatabaseCosts costs)
{
    private readonly TimeSpan[] _freeAt = new TimeSpan[costs.Processors];

    /// <summary>False while nobody reaches it.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>For how long its processors were busy, all together, with what is done.</summary>
    public TimeSpan Busy { get; private set; }

    public DatabaseCosts Costs => costs;

    /// <summary>Does something; false and nothing when it cannot be reached.</summary>
    /// <param name="cost">For how long a processor is busy.</param>
    /// <param name="effect">What is done, as one moment.</param>
    /// <param name="reaches">False when the caller is cut off.</param>
    public async Task<bool> RunAsync(TimeSpan cost, Action effect, Func<bool> reaches)
    {
        if (!IsUp || !reaches())
        {
            await time.DelayAsync(costs.RoundTrip);
            return false;
        }

        var processor = Array.IndexOf(_freeAt, _freeAt.Min());
        var begins = time.Now > _freeAt[processor] ? time.Now : _freeAt[processor];
        var ends = _freeAt[processor] = begins + cost;
        await time.DelayAsync(ends - time.Now);
        Busy += cost;
        await time.DelayAsync(costs.RoundTrip);
        if (!IsUp || !reaches())
            return false;

        effect();
        return true;
    }
}
