using System.CommandLine;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;

namespace EyesonBridge.Cli;

/// <summary><c>list</c>: the rooms that the running bridge knows.</summary>
internal static class ListCommand
{
    /// <summary>What is listed usually.</summary>
    public static IReadOnlyList<ObservationStatus> NotOver { get; } =
        [.. Enum.GetValues<ObservationStatus>().Except([ObservationStatus.Ended, ObservationStatus.Rejected])];

    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Include observations that have ended or were rejected." };
        var state = Choice.Options<ObservationStatus>("--state", "STATES", "Only observations in these states, separated by commas");
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on until Ctrl+C, and show each change." };
        var list = new Command("list", """
            Lists the rooms that the running bridge observes, with the status of each observation.

            Example:
              eyeson-bridge list --all
            """)
        {
            all,
            state,
            watch,
            OutputOption.Create(),
        };
        list.Validators.Add(given =>
        {
            if (given.GetValue(all) && given.GetValue(state) is { Length: > 0 })
                given.AddError("--all cannot be combined with --state, which says what to list.");
        });
        return list.AsksBridge((bridge, context, cancellationToken) =>
        {
            var states = context.GetValue(state) is { Length: > 0 } some ? some : context.GetValue(all) ? null : NotOver;
            return context.GetValue(watch)
                ? new RoomWatch(AskAsync, states, context.Output, context.Host.Error, context.Host.Time).RunAsync(cancellationToken)
                : ListAsync(AskAsync, states, context.Output, cancellationToken);

            Task<Observations> AskAsync(GetObservations command, CancellationToken cancelled) =>
                bridge.RequestAsync<GetObservations, Observations>(command, cancelled);
        });
    }

    /// <summary>Those in the given states; all when none are given. Asks for page after page, and writes each as it comes.</summary>
    public static async Task ListAsync(
        Func<GetObservations, CancellationToken, Task<Observations>> askAsync,
        IReadOnlyList<ObservationStatus>? states,
        CommandOutput output,
        CancellationToken cancellationToken)
    {
        var table = new RoomTable(output);
        var items = new JsonItems(output);
        var command = new GetObservations { Statuses = states, Limit = ObservationPage.MaxLimit };
        var page = await askAsync(command, cancellationToken);
        var total = page.Total;
        for (; ; page = await askAsync(command with { After = page.Next }, cancellationToken))
        {
            table.Write(page.Items);
            items.Write(page.Items);
            if (page.Next is null)
                break;
        }

        items.End($"\"total\":{CommandOutput.AsJson(total)}");
        var others = states is null ? 0 : total - table.Rows;
        output.Line(others is not > 0 ? Words.Count(table.Rows, "room")
            : ReferenceEquals(states, NotOver) ? $"{Words.Count(table.Rows, "room")}, and {others} ended or rejected (shown by --all)"
            : $"{Words.Count(table.Rows, "room")}, and {others} in other states");
    }
}
