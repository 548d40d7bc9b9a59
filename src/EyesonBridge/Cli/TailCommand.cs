using System.CommandLine;
using EyesonBridge.Outbox;

namespace EyesonBridge.Cli;

/// <summary><c>tail</c>: events as they are published.</summary>
internal static class TailCommand
{
    public static Command Create()
    {
        var type = new Option<string?>("--type") { Description = "Show only events of this type, such as RecordingFinished." };
        type.CompletionSources.Add(static _ => Known);
        var room = new Option<string?>("--room") { Description = "Show only events of this room." };
        var json = new Option<bool>("--json") { Description = "The same as --output json." };
        return new Command("tail", """
            Shows events as the bridge publishes them, until Ctrl+C. It uses a temporary queue, which is deleted when it ends.

            Example:
              eyeson-bridge tail --type RecordingFinished --json
            """)
        {
            type,
            room,
            json,
            OutputOption.Create(),
        }.DoesUntilLeft((context, cancellationToken) =>
            TailAsync(context, context.GetValue(type), context.GetValue(room), context.GetValue(json) || context.Output.IsJson, cancellationToken));
    }

    private static string[] Known => [.. EventNames.Types.Select(known => known.Name).Order(StringComparer.Ordinal)];

    private static async Task<int> TailAsync(CommandContext context, string? type, string? room, bool json, CancellationToken cancellationToken)
    {
        var wanted = type is null ? null : NameOf(type);
        var bus = await ClientBus.StartAsync(
            context.Settings.ReadBroker(),
            TailQueue.Needs,
            configurator => configurator.ReceiveEndpoint(new TailQueue(), null, endpoint => endpoint.Tail(Show)),
            cancellationToken);
        try
        {
            context.Note("Listening. Press Ctrl+C to stop.");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCodes.Success;
        }
        finally
        {
            await ClientBus.StopAsync(bus);
        }

        void Show(TailedEvent happened)
        {
            if ((wanted is null || string.Equals(wanted, happened.Type, StringComparison.Ordinal))
                && (room is null || string.Equals(room, happened.RoomId, StringComparison.Ordinal)))
            {
                context.Output.Write((json ? happened.ToJsonLine() : happened.ToLine()) + Environment.NewLine);
            }
        }
    }

    /// <summary>The name of an event's type as it is written, whatever the case it is asked for in.</summary>
    private static string NameOf(string type) =>
        Known.FirstOrDefault(name => string.Equals(name, type, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandFailure($"Unknown event type '{type}'. Known types: {string.Join(", ", Known)}.", ExitCodes.Usage);
}
