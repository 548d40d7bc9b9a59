using System.CommandLine;
using System.Globalization;

namespace EyesonBridge.Cli;

/// <summary><c>rooms</c>: the meetings that run at Eyeson now.</summary>
internal static class RoomsCommand
{
    public static Command Create()
    {
        var account = new Option<string?>("--account") { Description = "Account whose meetings are shown; default when left out." };
        var command = new Command("rooms", """
            Shows the meetings that run at Eyeson now with the key of an account. It asks Eyeson, not the bridge.

            Example:
              EyesonBridge rooms --account default
            """)
        {
            account,
        };
        command.SetAction((parsed, cancellationToken) => CommandLine.GuardAsync(
            () => ShowAsync(parsed.GetValue(account), cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(string? account, CancellationToken cancellationToken)
    {
        using var eyeson = EyesonAccess.Open();
        var rooms = EyesonAccess.Require(await eyeson.Of(account).GetRoomsAsync(cancellationToken));
        foreach (var room in rooms)
        {
            var since = room.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not started";
            Console.WriteLine($"{room.Id,-26} {since,-19}  {room.Name}");
        }

        Console.WriteLine($"{rooms.Count} rooms");
        return ExitCodes.Success;
    }
}
