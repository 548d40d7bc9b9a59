namespace EyesonBridge.Bench.Scale;

/// <summary>What is simulated.</summary>
internal sealed record ScaleOptions
{
    public int Rooms { get; init; } = 100_000;

    public int Replicas { get; init; } = 50;

    public int Seed { get; init; } = 1;

    /// <summary>The rooms are spread over so many accounts, each with limits of its own.</summary>
    public int Accounts { get; init; } = 1;

    /// <summary><c>Observer:HandshakesPerSecond</c>.</summary>
    public int HandshakesPerSecond { get; init; } = 200;

    /// <summary><c>Observer:HandshakeBurst</c>.</summary>
    public int HandshakeBurst { get; init; } = 1_000;

    /// <summary>From a handshake's turn to the confirmed subscription: at least, and up to so much more at random.</summary>
    public (TimeSpan Least, TimeSpan More) Handshake { get; init; } = (TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(160));

    /// <summary>What the database costs.</summary>
    public DatabaseCosts Database { get; init; } = new();

    /// <summary>A phase that has not settled after so long is cut off.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(40);
}
