using System.CommandLine;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>stop ROOM…</c>: unregisters rooms at the running bridge.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var rooms = new Argument<string[]>("ROOM") { Description = "Eyeson room ids.", Arity = ArgumentArity.OneOrMore };
        return new Command("stop", """
            Asks the running bridge to stop observing rooms.

            Example:
              eyeson-bridge stop 6576daef1f138900153d0762
            """)
        {
            rooms,
            OutputOption.Create(),
        }.AsksBridge((bridge, context, cancellationToken) => StopAsync(bridge, context.GetRequiredValue(rooms), context.Output, cancellationToken));
    }

    private static async Task StopAsync(ControlClient bridge, string[] rooms, CommandOutput output, CancellationToken cancellationToken)
    {
        foreach (var room in rooms)
        {
            var command = new StopObservingRoom { RoomId = room };
            var stopped = await bridge.RequestAsync<StopObservingRoom, ObservationStopped>(command, cancellationToken);
            output.Line(stopped.WasRegistered ? $"{stopped.RoomId} is no longer observed." : $"{stopped.RoomId} was not registered.");
            output.Object(stopped);
        }
    }
}
