using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Storm;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chaos.Tests.Replicas;

/// <summary>What goes wrong with replicas and their database, one after the other, while the meetings go on.</summary>
internal sealed class ReplicaFaults(ReplicaBench bench, IReadOnlyList<SimulatedRoom> rooms, StormPlan plan, Random random)
{
    /// <summary>How many replicas there are.</summary>
    public const int Replicas = 3;

    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(7);

    private readonly List<string> _done = [];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Does all of the plan, in an order that the seed decides.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Func<CancellationToken, Task>> faults =
        [
            .. Enumerable.Repeat(KillAsync, plan.ReplicaKills),
            .. Enumerable.Repeat(FreezeAsync, plan.WorkerFreezes),
            .. Enumerable.Repeat(CutOffAsync, plan.WorkerFreezes),
            .. Enumerable.Repeat(RestartDatabaseAsync, plan.DatabaseRestarts),
            .. Enumerable.Repeat(ReplaceAsync, plan.Replacements),
        ];
        var order = faults.ToArray();
        random.Shuffle(order);
        foreach (var fault in order)
        {
            await PassAsync(0.7, cancellationToken);
            await fault(cancellationToken);
        }
    }

    /// <summary>Waits until all replicas are ready and every room is observed.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in bench.Workers)
            await worker.WhenReadyAsync(cancellationToken);
        foreach (var room in rooms)
            await room.WhenSubscribedAsync(1, cancellationToken);
    }

    /// <summary>Kill -9, at any moment: also while a replica starts, or takes over.</summary>
    private async Task KillAsync(CancellationToken cancellationToken)
    {
        await PassAsync(2, cancellationToken);
        var index = random.Next(Replicas);
        Note($"kill -9 of replica {index}");
        await bench.ReplaceKilledAsync(index);
    }

    /// <summary>One stands still for longer than its lease, and goes on.</summary>
    private async Task FreezeAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        var worker = bench.Workers.ElementAt(random.Next(Replicas));
        Note("SIGSTOP of a replica");
        worker.Send(ProcessSignal.Stop);
        await Pause.PassAsync(LongerThanALease, cancellationToken);
        worker.Send(ProcessSignal.Continue);
        Note("it goes on");
    }

    /// <summary>One cannot reach the database for longer than its lease; the others can.</summary>
    private async Task CutOffAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        Note("the first replica is cut off from the database");
        bench.Relay.Cut();
        await Pause.PassAsync(LongerThanALease, cancellationToken);
        bench.Relay.Heal();
        Note("it is back");
    }

    private async Task RestartDatabaseAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        Note("the database is killed and started");
        await bench.Database.KillAsync(cancellationToken);
        await PassAsync(8, cancellationToken);
        await bench.Database.RestartAsync(cancellationToken);
        Note("it is back");
    }

    /// <summary>As in a rollout: one hands its rooms over, and another comes.</summary>
    private async Task ReplaceAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        var index = random.Next(Replicas);
        Note($"SIGTERM of replica {index}");
        await bench.ReplaceTerminatedAsync(index);
    }

    private Task PassAsync(double atMostSeconds, CancellationToken cancellationToken) =>
        Pause.PassAsync(TimeSpan.FromSeconds(0.01 + (random.NextDouble() * atMostSeconds)), cancellationToken);

    private void Note(string what) => _done.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}");
}
