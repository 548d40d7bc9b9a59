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
        var follow = new Option<bool>("--follow", "-f") { Description = "Then show the events of these rooms, until all of their observations are over or Ctrl+C." };
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
            follow,
            OutputOption.Create(),
        }.Does((context, cancellationToken) => ObserveAsync(
            context, context.GetRequiredValue(rooms), context.GetValue(account), context.GetValue(wait), context.GetValue(follow), cancellationToken));
    }

    private static async Task<int> ObserveAsync(
        CommandContext context, string[] rooms, string? account, double? waitMinutes, bool isFollowing, CancellationToken cancellationToken)
    {
        if (waitMinutes is <= 0 or > 1_000_000 or double.NaN)
            throw new CommandFailure("--wait-minutes must be greater than 0.", ExitCodes.Usage);

        DateTimeOffset? waitUntil = waitMinutes is { } minutes ? context.Host.Time.GetUtcNow().AddMinutes(minutes) : null;
        var followed = isFollowing ? new FollowedRooms(rooms, context.Output) : null;
        await using var client = await ControlClient.ConnectAsync(context.Settings, cancellationToken, followed is null ? null : followed.Show);
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
                var outcome = await answer;
                if (Tell(context, outcome))
                    continue;

                exitCode = ExitCodes.Failure;
                followed?.Drop(outcome.RoomId);
            }
        }

        return followed is null ? exitCode : Math.Max(exitCode, await FollowAsync(context, followed, cancellationToken));
    }

    private static async Task<ObserveOutcome> ObserveAsync(ControlClient client, ObserveRoom command, CancellationToken cancellationToken)
    {
        try
        {
            return ObserveOutcome.Of(await client.RequestAsync<ObserveRoom, ObservationAccepted>(
                command, cancellationToken, TimeSpan.FromSeconds(command.Confirm ?? 0)));
        }
        catch (CommandFailure failure)
        {
            return ObserveOutcome.Of(command.RoomId, failure);
        }
    }

    /// <summary>Tells what became of a room; one that failed is no reason to keep silent about the others.</summary>
    private static bool Tell(CommandContext context, ObserveOutcome outcome)
    {
        context.Output.Object(outcome);
        if (outcome.Problem is { } problem)
            Problems.Tell(context.Host.Error, $"{outcome.RoomId}: {problem}");
        else
            context.Output.Line(outcome.ToLine());
        return outcome.Problem is null;
    }

    private static async Task<int> FollowAsync(CommandContext context, FollowedRooms followed, CancellationToken cancellationToken)
    {
        if (!followed.WhenOver.IsCompleted)
            context.Note("Following. Press Ctrl+C to stop.");
        await followed.WhenOver.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return followed.HasRejected ? ExitCodes.Failure : ExitCodes.Success;
    }
}
