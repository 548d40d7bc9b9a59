using System.CommandLine;
using System.Globalization;
using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Cli;

/// <summary><c>rooms</c>: the meetings that run at Eyeson now.</summary>
internal static class RoomsCommand
{
    public static Command Create()
    {
        var account = new Option<string?>("--account") { Description = "Account whose meetings to show ('default' if omitted)." };
        return new Command("rooms", """
            Lists the meetings that are running at Eyeson now with an account's API key. It asks Eyeson, not the bridge.

            Example:
              eyeson-bridge rooms --account default
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
