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
            OutputOption.Create(),
        }.AsksEyeson((eyeson, context, cancellationToken) => ShowAsync(eyeson.Of(context.GetValue(account)), context.Output, cancellationToken));
    }

    private static async Task ShowAsync(EyesonRestClient eyeson, CommandOutput output, CancellationToken cancellationToken)
    {
        var rooms = EyesonAccess.Require(await eyeson.GetRoomsAsync(cancellationToken));
        foreach (var room in rooms)
        {
            var since = room.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "not started";
            output.Line($"{room.Id,-26} {since,-19}  {Words.Printable(room.Name)}");
        }

        output.Line(Words.Count(rooms.Count, "room"));
        output.Object(new { Items = rooms.Select(static room => new { room.Id, room.Name, room.StartedAt, room.Ready }) }); // without guest tokens
    }
}
