using System.CommandLine;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>observe ROOM…</c>: registers rooms at the running bridge.</summary>
internal static class ObserveCommand
{
    private const int ConfirmSeconds = 10;
    private const int AtOnce = 16;

    public static Command Create()
    {
        var rooms = new Argument<string[]>("ROOM") { Description = "Eyeson room ids.", Arity = ArgumentArity.OneOrMore };
        var account = new Option<string?>("--account") { Description = "Account whose API key the rooms were started with ('default' if omitted)." };
        var wait = new Option<double?>("--wait-minutes") { Description = "Minutes to wait for rooms that are not running yet." };
        return new Command("observe", """
            Asks the running bridge to observe rooms, and says whether it does: a room that is not running is an error, unless it is
            to be waited for.

            Example:
              eyeson-bridge observe 6576daef1f138900153d0762 --wait-minutes 30
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
        var exitCode = ExitCodes.Success;
        foreach (var some in rooms.Chunk(AtOnce))
        {
            var asked = some.Select(room => ObserveAsync(client, new ObserveRoom
            {
                RoomId = room,
                Account = account,
                WaitUntil = waitUntil,
                Confirm = waitUntil is null ? ConfirmSeconds : null, // who waits for a room knows that it may not run yet
            }, cancellationToken)).ToList();
            foreach (var answer in asked)
            {
                if (!await TellAsync(answer))
                    exitCode = ExitCodes.Failure;
            }
        }

        return exitCode;
    }

    private static async Task<string> ObserveAsync(ControlClient client, ObserveRoom command, CancellationToken cancellationToken)
    {
        try
        {
            var accepted = await client.RequestAsync<ObserveRoom, ObservationAccepted>(
                command, cancellationToken, TimeSpan.FromSeconds(command.Confirm ?? 0));
            return accepted switch
            {
                { AlreadyRegistered: true } => $"{accepted.RoomId} was already registered ({Words.Of(accepted.Status)}).",
                { Confirmed: true } => $"{accepted.RoomId} is observed with account {accepted.Account}.",
                { Confirmed: false } => $"{accepted.RoomId} is registered with account {accepted.Account}, but not observed yet ({Words.Of(accepted.Status)}).",
                _ => $"{accepted.RoomId} is registered with account {accepted.Account}.",
            };
        }
        catch (CommandFailure failure)
        {
            throw new CommandFailure($"{command.RoomId}: {failure.Message}");
        }
    }

    /// <summary>Tells what became of a room; one that failed is no reason to keep silent about the others.</summary>
    private static async Task<bool> TellAsync(Task<string> answer)
    {
        try
        {
            Console.WriteLine(await answer);
            return true;
        }
        catch (CommandFailure failure)
        {
            await Console.Error.WriteLineAsync($"eyeson-bridge: {failure.Message}");
            return false;
        }
    }
}
