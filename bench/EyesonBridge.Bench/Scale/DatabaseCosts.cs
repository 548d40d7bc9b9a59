namespace EyesonBridge.Bench.Scale;

/// <summary>For how long a statement keeps one of the database's processors busy, as <c>bench/run --store</c> measured it.</summary>
internal sealed record DatabaseCosts
{
    /// <summary>How many statements run side by side.</summary>
    public int Processors { get; init; } = 8;

    /// <summary>From a replica to the database and back.</summary>
    public TimeSpan RoundTrip { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Renewing a lease.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Reading how rooms are spread, for each room that somebody holds.</summary>
    public TimeSpan ShareOfRoom { get; init; } = TimeSpan.FromMicroseconds(0.3);

    /// <summary>Any statement, before it does anything.</summary>
    public TimeSpan Statement { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Claiming a room.</summary>
    public TimeSpan ClaimOfRoom { get; init; } = TimeSpan.FromMicroseconds(40);

    /// <summary>Writing a change of a room, with its events, in a commit of many.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromMicroseconds(70);
}
