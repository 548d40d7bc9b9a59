using System.CommandLine;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>stop ROOM…</c>: unregisters rooms at the running bridge.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var rooms = new Argument<string[]>("ROOM") { Description = "Ids of rooms at Eyeson.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("stop", """
            Asks the running bridge to observe rooms no longer.

            Example:
              EyesonBridge stop 6576daef1f138900153d0762
            """)
        {
            rooms,
        };
        command.SetAction((parsed, cancellationToken) => CommandLine.GuardAsync(
            () => StopAsync(parsed.GetRequiredValue(rooms), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> StopAsync(string[] rooms, CancellationToken cancellationToken)
    {
        await using var client = await ControlClient.ConnectAsync(cancellationToken);
        foreach (var room in rooms)
        {
            var command = new StopObservingRoom { RoomId = room };
            var stopped = await client.RequestAsync<StopObservingRoom, ObservationStopped>(command, cancellationToken);
            Console.WriteLine(stopped.WasRegistered ? $"{stopped.RoomId} is observed no longer." : $"{stopped.RoomId} was not registered.");
        }

        return ExitCodes.Success;
    }
}
