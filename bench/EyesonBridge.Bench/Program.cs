using System.Runtime.InteropServices;
using EyesonBridge.Bench;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Parts;
using EyesonBridge.Bench.Peers;
using EyesonBridge.Bench.Scale;
using EyesonBridge.Bench.Scenarios;
using EyesonBridge.Bench.Sink;
using EyesonBridge.Bench.Stores;

try
{
    switch (args)
    {
        case ["source"]:
            return await SourceProgram.RunAsync();
        case ["sink", .. var rest]:
            return await SinkProgram.RunAsync(rest);
        case ["read", .. var rest]:
            return await ReadProgram.RunAsync(rest);
        case ["publish", .. var rest]:
            return await PublishProgram.RunAsync(rest);
        case ["observe", .. var rest]:
            return await ObserveProgram.RunAsync(rest);
        case ["parts", var results]:
            return PartsProgram.Run(results);
        case ["scale", var results, .. var rest]:
            return await ScaleProgram.RunAsync(results, rest);
        case ["store", var results, var launcher]:
            return await StoreProgram.RunAsync(results, launcher, CancellationToken.None);
        case ["list"]:
            foreach (var scenario in AllScenarios.List)
                Console.WriteLine($"{scenario.Name,-14} {scenario.Title}");
            return 0;
        case ["run", .. var rest]:
            using (var stop = new CancellationTokenSource())
            using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                stop.Cancel();
            }))
            {
                return await BenchProgram.RunAsync(new BenchArguments(rest), stop.Token);
            }

        default:
            await Console.Error.WriteLineAsync("Start it with bench/run.");
            return 2;
    }
}
catch (BenchException error)
{
    await Console.Error.WriteLineAsync($"bench: {error.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("bench: stopped");
    return 130;
}
