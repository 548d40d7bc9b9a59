using System.CommandLine;
using System.Globalization;
using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Cli;

/// <summary><c>rooms</c>: the meetings that run at Eyeson now.</summary>
internal static class RoomsCommand
{
    public static Command Create()
    {
        var account = new Option<string?>("--account") { Description = "Account whose meetings are shown; default when left out." };
        return new Command("rooms", """
            Shows the meetings that run at Eyeson now with the key of an account. It asks Eyeson, not the bridge.

            Example:
              EyesonBridge rooms --account default
            """)
        {
            account,
        }.AsksEyeson((eyeson, parsed, cancellationToken) => ShowAsync(eyeson.Of(parsed.GetValue(account)), cancellationToken));
    }

    private static async Task ShowAsync(EyesonRestClient eyeson, CancellationToken cancellationToken)
    {
        var rooms = EyesonAccess.Require(await eyeson.GetRoomsAsync(cancellationToken));
        foreach (var room in rooms)
        {
            var since = room.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not started";
            Console.WriteLine($"{room.Id,-26} {since,-19}  {room.Name}");
        }

        Console.WriteLine($"{rooms.Count} rooms");
    }
}
