using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>The things that go wrong, one after the other, while the meetings go on.</summary>
internal sealed class StormFaults(Bench bench, RabbitMqServer broker, IReadOnlyList<SimulatedRoom> rooms, StormPlan plan, Random random)
{
    private static readonly TimeSpan FreezeFor = TimeSpan.FromSeconds(5);

    private readonly List<string> _done = [];
    private readonly int[] _drops = new int[4];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>How many sockets were lost by FIN, reset, close frame, and <c>disconnect</c>.</summary>
    public IReadOnlyList<int> Drops => _drops;

    /// <summary>Does all of the plan, in an order that the seed decides.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Func<CancellationToken, Task>> faults =
        [
            .. Enumerable.Repeat(KillAsync, plan.Kills),
            .. Enumerable.Repeat(RestartBrokerAsync, plan.BrokerRestarts),
            TakeBrokerAwayAsync,
            .. Enumerable.Repeat(DropAsync, plan.DropBursts),
            .. Enumerable.Repeat(MuteAsync, plan.Mutes),
            .. Enumerable.Repeat(FreezeBrokerAsync, plan.BrokerFreezes),
            .. Enumerable.Repeat(FreezeWorkerAsync, plan.WorkerFreezes),
            .. Enumerable.Repeat(TerminateAsync, plan.Terminations),
        ];
        var order = faults.ToArray();
        random.Shuffle(order);
        foreach (var fault in order)
        {
            await PassAsync(0.7, cancellationToken);
            await fault(cancellationToken);
        }

        await RecoverAsync(cancellationToken);
    }

    /// <summary>Waits until the worker is ready and observes every room.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await bench.Worker.WhenReadyAsync(cancellationToken);
        await SubscribedAsync(cancellationToken);
    }

    /// <summary>Kill -9, at any moment: also while the worker starts, or comes back to its rooms.</summary>
    private async Task KillAsync(CancellationToken cancellationToken)
    {
        await PassAsync(2, cancellationToken);
        Note("kill -9");
        await bench.KillAsync();
        bench.Start();
    }

    private async Task RestartBrokerAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        if (random.Next(2) == 0)
        {
            Note("broker killed and started");
            await broker.KillAsync(cancellationToken);
        }
        else
        {
            Note("broker stopped and started");
        }

        await broker.RestartAsync(cancellationToken);
    }

    /// <summary>The broker is away; in the middle of it the worker is killed, and comes back to no broker.</summary>
    private async Task TakeBrokerAwayAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        Note("broker away");
        await broker.KillAsync(cancellationToken);
        await Pause.PassAsync(plan.BrokerAway / 2, cancellationToken);
        await bench.KillAsync();
        bench.Start();
        await Pause.PassAsync(plan.BrokerAway / 2, cancellationToken);
        await broker.RestartAsync(cancellationToken);
        Note("broker back");
    }

    /// <summary>Loses the sockets of all rooms again and again, each time in one of four ways.</summary>
    private async Task DropAsync(CancellationToken cancellationToken)
    {
        Note("drops");
        var until = (plan.DropsOfEachKind * 4 / plan.DropBursts) + _drops.Sum();
        while (_drops.Sum() < until)
        {
            await SubscribedAsync(cancellationToken);
            await PassAsync(0.15, cancellationToken);
            foreach (var room in rooms)
                Drop(room);
        }
    }

    private void Drop(SimulatedRoom room)
    {
        int[] open = [.. Enumerable.Range(0, _drops.Length).Where(kind => _drops[kind] < plan.DropsOfEachKind)];
        if (open.Length == 0)
            return;

        var kind = open[random.Next(open.Length)];
        _drops[kind] += kind == 3 ? room.Disconnect("server_restart", reconnect: true) : room.Drop((DropKind)kind);
    }

    /// <summary>A network that swallows everything: only the silence tells.</summary>
    private async Task MuteAsync(CancellationToken cancellationToken)
    {
        await SubscribedAsync(cancellationToken);
        Note("mute");
        foreach (var room in rooms)
            room.Faults.MuteAll = true;
        foreach (var room in rooms)
        {
            await Pause.UntilAsync(() => room.Observers == 0, cancellationToken);
            room.Faults.MuteAll = false;
        }
    }

    private async Task FreezeBrokerAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        Note("SIGSTOP of the broker");
        await broker.PauseAsync(cancellationToken);
        await Pause.PassAsync(FreezeFor, cancellationToken);
        await broker.ResumeAsync(cancellationToken);
    }

    private async Task FreezeWorkerAsync(CancellationToken cancellationToken)
    {
        await SubscribedAsync(cancellationToken);
        Note("SIGSTOP of the worker");
        bench.Worker.Send(ProcessSignal.Stop);
        await Pause.PassAsync(FreezeFor, cancellationToken);
        bench.Worker.Send(ProcessSignal.Continue);
    }

    private async Task TerminateAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        Note("SIGTERM");
        await bench.TerminateAsync();
        bench.Start();
    }

    private async Task SubscribedAsync(CancellationToken cancellationToken)
    {
        foreach (var room in rooms)
            await room.WhenSubscribedAsync(1, cancellationToken);
    }

    private Task PassAsync(double atMostSeconds, CancellationToken cancellationToken) =>
        Pause.PassAsync(TimeSpan.FromSeconds(0.01 + (random.NextDouble() * atMostSeconds)), cancellationToken);

    private void Note(string what) => _done.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}");
}
