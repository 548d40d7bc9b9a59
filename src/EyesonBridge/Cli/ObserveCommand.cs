using System.CommandLine;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>observe ROOM…</c>: registers rooms at the running bridge.</summary>
internal static class ObserveCommand
{
    public static Command Create()
    {
        var rooms = new Argument<string[]>("ROOM") { Description = "Eyeson room ids.", Arity = ArgumentArity.OneOrMore };
        var account = new Option<string?>("--account") { Description = "Account whose API key the rooms were started with ('default' if omitted)." };
        var wait = new Option<double?>("--wait-minutes") { Description = "Minutes to wait for rooms that are not running yet." };
        return new Command("observe", """
            Asks the running bridge to observe rooms.

            Example:
              EyesonBridge observe 6576daef1f138900153d0762 --wait-minutes 30
            """)
        {
            rooms,
            account,
            wait,
        }.Does((parsed, cancellationToken) =>
            ObserveAsync(parsed.GetRequiredValue(rooms), parsed.GetValue(account), parsed.GetValue(wait), cancellationToken));
    }

    private static async Task<int> ObserveAsync(string[] rooms, string? account, double? waitMinutes, CancellationToken cancellationToken)
    {
        if (waitMinutes is <= 0 or > 1_000_000 or double.NaN)
            throw new CommandFailure("--wait-minutes must be greater than 0.", ExitCodes.Usage);

        DateTimeOffset? waitUntil = waitMinutes is { } minutes ? TimeProvider.System.GetUtcNow().AddMinutes(minutes) : null;
        await using var client = await ControlClient.ConnectAsync(cancellationToken);
        foreach (var room in rooms)
        {
            var command = new ObserveRoom { RoomId = room, Account = account, WaitUntil = waitUntil };
            var accepted = await client.RequestAsync<ObserveRoom, ObservationAccepted>(command, cancellationToken);
            Console.WriteLine(accepted.AlreadyRegistered
                ? $"{accepted.RoomId} was already registered ({Words.Of(accepted.Status)})."
                : $"{accepted.RoomId} is registered with account {accepted.Account}.");
        }

        return ExitCodes.Success;
    }
}
