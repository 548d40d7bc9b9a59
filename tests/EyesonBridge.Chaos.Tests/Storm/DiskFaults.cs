using System.Globalization;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>Moments in which the disk is full, and what else can happen in them.</summary>
internal sealed class DiskFaults(
    Bench bench, RabbitMqServer broker, SmallDisk disk, IReadOnlyList<SimulatedRoom> rooms, StormPlan plan, Random random)
{
    private const int MostLeft = 256 * 1024;

    private readonly List<string> _done = [];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Does all of the plan; the seed decides what comes together.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var moment = 0; moment < plan.DiskMoments; moment++)
        {
            await PassAsync(1, cancellationToken);
            await FillAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the worker is ready and observes every room.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await bench.Worker.WhenReadyAsync(cancellationToken);
        foreach (var room in rooms)
            await room.WhenSubscribedAsync(1, cancellationToken);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var left = random.Next(2) * random.Next(MostLeft);
        var meanwhile = random.Next(10);
        var isFrozen = meanwhile is 0 or 1 or 2;
        Note(string.Create(CultureInfo.InvariantCulture, $"full but for {left} bytes, {meanwhile}"));
        if (isFrozen)
            await broker.PauseAsync(cancellationToken);
        disk.Fill(left);
        await PassAsync(random.Next(3) == 0 ? 5 : 0.7, cancellationToken);
        switch (meanwhile)
        {
            case 3:
                await bench.KillAsync();
                Note($"killed: {disk.Describe()}");
                bench.Start(disk.Launcher);
                await PassAsync(2, cancellationToken);
                break;
            case 4:
                await WhenHandlingSignalsAsync(cancellationToken);
                await bench.TerminateAsync();
                Note($"ended: {disk.Describe()}");
                bench.Start(disk.Launcher);
                await PassAsync(2, cancellationToken);
                break;
            case 5:
                foreach (var room in rooms)
                    room.Drop((DropKind)random.Next(3));
                break;
        }

        if (bench.Worker.Output.Items.Any(WaitsForRoom))
            Note("the start waits");
        disk.Empty();
        if (isFrozen)
        {
            await PassAsync(0.5, cancellationToken);
            await broker.ResumeAsync(cancellationToken);
        }

        Note("room again");
        if (random.Next(3) == 0)
            await RecoverAsync(cancellationToken);
    }

    private static bool WaitsForRoom(string line) => line.Contains("The start waits until there is room", StringComparison.Ordinal);

    /// <summary>Before that, SIGTERM finds nobody who handles it. A start that has to wait for room handles it too.</summary>
    private Task WhenHandlingSignalsAsync(CancellationToken cancellationToken) =>
        bench.Worker.Output.WhenAsync("a start", static lines => lines.Any(static line => BridgeProcess.HasAddress(line) || WaitsForRoom(line)), cancellationToken);

    private Task PassAsync(double atMostSeconds, CancellationToken cancellationToken) =>
        Pause.PassAsync(TimeSpan.FromSeconds(0.01 + (random.NextDouble() * atMostSeconds)), cancellationToken);

    private void Note(string what) => _done.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {what}");
}
