using System.Runtime.InteropServices;
using EyesonBridge.Simulator;

SimulatorArguments arguments;
try
{
    arguments = SimulatorArguments.Parse(args);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

if (arguments.WantsHelp)
{
    Console.WriteLine(SimulatorArguments.Help);
    return 0;
}

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    var options = new SimulatorOptions { Url = arguments.Url, ApiKeys = arguments.ApiKeys, Extended = arguments.Extended };
    await using var simulator = await EyesonSimulator.StartAsync(options, stop.Token);
    foreach (var room in arguments.Rooms.Distinct(StringComparer.Ordinal).Select(id => simulator.CreateRoom(id)))
    {
        if (arguments.Script)
            simulator.StartScript(room, new ScriptedMeetingOptions { Speed = arguments.Speed, WaitForObservers = 1 });
    }

    Console.WriteLine($"The Eyeson simulator listens on {simulator.Url}, rooms: {string.Join(", ", arguments.Rooms)}");
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
}
catch (OperationCanceledException)
{
    return 0;
}
catch (IOException e)
{
    await Console.Error.WriteLineAsync($"Cannot listen on {arguments.Url}: {e.Message}");
    return 1;
}

return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
