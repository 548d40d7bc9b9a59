using System.CommandLine;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;

namespace EyesonBridge.Cli;

/// <summary><c>list</c>: the rooms that the running bridge knows.</summary>
internal static class ListCommand
{
    private static readonly ObservationStatus[] NotOver =
        [.. Enum.GetValues<ObservationStatus>().Except([ObservationStatus.Ended, ObservationStatus.Rejected])];

    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Include observations that have ended or were rejected." };
        return new Command("list", """
            Lists the rooms that the running bridge observes, with the status of each observation.

            Example:
              eyeson-bridge list --all
            """)
        {
            all,
        }.AsksBridge((bridge, parsed, cancellationToken) => ListAsync(
            (command, cancelled) => bridge.RequestAsync<GetObservations, Observations>(command, cancelled), parsed.GetValue(all), Console.Out, cancellationToken));
    }

    /// <summary>Asks for page after page, and writes each as it comes.</summary>
    public static async Task ListAsync(
        Func<GetObservations, CancellationToken, Task<Observations>> askAsync, bool all, TextWriter output, CancellationToken cancellationToken)
    {
        var table = new RoomTable(output);
        var command = new GetObservations { Statuses = all ? null : NotOver, Limit = ObservationPage.MaxLimit };
        var page = await askAsync(command, cancellationToken);
        var total = page.Total;
        await table.WriteAsync(page.Items);
        while (page.Next is { } next)
        {
            page = await askAsync(command with { After = next }, cancellationToken);
            await table.WriteAsync(page.Items);
        }

        var others = all ? 0 : total - table.Rows;
        await output.WriteLineAsync(others > 0 ? $"{table.Rows} rooms, and {others} ended or rejected (shown by --all)" : $"{table.Rows} rooms");
    }
}
