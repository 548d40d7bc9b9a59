using System.CommandLine;
using System.Globalization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>list</c>: the rooms that the running bridge knows.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Include observations that have ended or were rejected." };
        return new Command("list", """
            Lists the rooms that the running bridge observes, with the status of each observation.

            Example:
              EyesonBridge list --all
            """)
        {
            all,
        }.AsksBridge((bridge, parsed, cancellationToken) => ListAsync(bridge, parsed.GetValue(all), cancellationToken));
    }

    private static async Task ListAsync(ControlClient bridge, bool all, CancellationToken cancellationToken)
    {
        var answer = await bridge.RequestAsync<GetObservations, Observations>(new GetObservations(), cancellationToken);
        var shown = answer.Items
            .Where(item => all || item.Status is not (ObservationStatus.Ended or ObservationStatus.Rejected))
            .ToList();

        var width = Math.Max("ROOM".Length, shown.Select(item => item.RoomId.Length).DefaultIfEmpty().Max());
        if (shown.Count > 0)
            Console.WriteLine($"{"ROOM".PadRight(width)}  {"STATUS",-12} {"SINCE (UTC)",-19}  {"EVENTS",8}  {"ACCOUNT",-12} REASON");
        foreach (var item in shown)
        {
            var since = item.StatusSince.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            Console.WriteLine($"{item.RoomId.PadRight(width)}  {Words.Of(item.Status),-12} {since}  {item.Sequence,8}  {item.Account,-12} {item.Reason}");
        }

        var others = answer.Items.Count - shown.Count;
        Console.WriteLine(others == 0 ? $"{shown.Count} rooms" : $"{shown.Count} rooms, and {others} ended or rejected (shown by --all)");
    }
}
