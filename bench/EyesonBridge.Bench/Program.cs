using EyesonBridge.Bench;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Scenarios;
using EyesonBridge.Bench.Sink;

try
{
    switch (args)
    {
        case ["source"]:
            return await SourceProgram.RunAsync();
        case ["sink", .. var rest]:
            return await SinkProgram.RunAsync(rest);
        case ["list"]:
            foreach (var scenario in AllScenarios.List)
                Console.WriteLine($"{scenario.Name,-14} {scenario.Title}");
            return 0;
        case ["run", .. var rest]:
            using (var stop = new CancellationTokenSource())
            {
                Console.CancelKeyPress += (_, pressed) =>
                {
                    pressed.Cancel = true;
                    stop.Cancel();
                };
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
