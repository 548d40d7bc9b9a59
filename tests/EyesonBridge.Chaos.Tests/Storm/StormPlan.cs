using System.Globalization;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>How much goes wrong. The seed decides in which order, and what the meetings do meanwhile.</summary>
internal sealed record StormPlan
{
    /// <summary>How many meetings go on.</summary>
    public const int Rooms = 8;

    private const string SeedVariable = "EYESONBRIDGE_CHAOS_SEED";
    private const string FormVariable = "EYESONBRIDGE_CHAOS";

    public required int Seed { get; init; }

    public required bool IsLong { get; init; }

    public int Kills => IsLong ? 30 : 5;

    public int BrokerRestarts => IsLong ? 5 : 1;

    public TimeSpan BrokerAway => TimeSpan.FromSeconds(IsLong ? 60 : 8);

    public int DropsOfEachKind => IsLong ? 500 : 40;

    public int Mutes => IsLong ? 4 : 1;

    public int BrokerFreezes => IsLong ? 4 : 1;

    public int WorkerFreezes => IsLong ? 4 : 1;

    public int Terminations => IsLong ? 4 : 1;

    /// <summary>Kills among many replicas.</summary>
    public int ReplicaKills => IsLong ? 30 : 3;

    public int DatabaseRestarts => IsLong ? 5 : 1;

    /// <summary>How often a replica is replaced in good order.</summary>
    public int Replacements => IsLong ? 20 : 2;

    /// <summary>Rooms of three replicas of which one is killed.</summary>
    public int RoomsToTakeOver => IsLong ? 2_000 : 60;

    /// <summary>Rooms that move with each replacement.</summary>
    public int RoomsToHandOver => IsLong ? 200 : 12;

    /// <summary>How often the disk is full for a moment.</summary>
    public int DiskMoments => IsLong ? 120 : 10;

    /// <summary>In how many pieces the drops come, between the other faults.</summary>
    public int DropBursts => IsLong ? 25 : 4;

    /// <summary>What goes wrong with many replicas.</summary>
    public string OfReplicas => string.Create(
        CultureInfo.InvariantCulture,
        $"{ReplicaKills} kills, {WorkerFreezes} freezes and {WorkerFreezes} cuts of longer than a lease, {DatabaseRestarts} database restarts, {Replacements} replacements");

    /// <summary>The plan that the environment asks for; without a seed there, one that nobody knows before.</summary>
    public static StormPlan Read() => new()
    {
        Seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next(1, 1_000_000),
        IsLong = string.Equals(Environment.GetEnvironmentVariable(FormVariable), "long", StringComparison.OrdinalIgnoreCase),
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {(IsLong ? "long" : "short")} form, {SeedVariable}={Seed}: {Kills} kills, {BrokerRestarts} broker restarts, broker away {BrokerAway.TotalSeconds} s,
        {DropsOfEachKind} drops of each kind, {Mutes} mutes, {BrokerFreezes} and {WorkerFreezes} freezes of broker and worker, {Terminations} terminations
        """);
}
