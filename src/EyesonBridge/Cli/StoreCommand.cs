using System.CommandLine;
using EyesonBridge.Storage;

namespace EyesonBridge.Cli;

/// <summary><c>store</c>: lets rooms go on that do not do so by themselves, on the store, beside a running bridge too; and copies and moves it.</summary>
internal static class StoreCommand
{
    public static Command Create() =>
        new("store", "Backs up the store, moves it to PostgreSQL, and lets single rooms go on that something holds up: rows that cannot be read, and events that the broker does not take. Works on the store itself; all but 'copy' also beside a running bridge.")
        {
            Repair(),
            Skip(),
            Replay(),
            StoreBackupCommand.Create(),
            StoreCopyCommand.Create(),
        };

    private static Command Repair() =>
        OfARoom("repair", """
            Gives up what cannot be read of a room that was set aside, so that the bridge goes on with it. 'doctor' lists such rooms. Without its state, the room's meeting is reported anew; a room whose registration is lost counts as registered by a command.

            Example:
              eyeson-bridge store repair 6576daef1f138900153d0762
            """,
            static async (store, room, output, cancellationToken) =>
            {
                if (await store.RepairAsync(room, cancellationToken) is not { } repaired)
                    throw new CommandFailure($"Nothing of {room} is set aside.");
                if (repaired.Part is { } part)
                    output.Line($"Gave up the {part} of {room}; the bridge goes on with the room within seconds.");
                if (repaired.InboxEntries > 0)
                    output.Line($"Gave up {repaired.InboxEntries} entries of the inbox of {room}.");
            });

    private static Command Skip() =>
        OfARoom("skip", """
            Takes the first waiting event of a room out of the outbox, so that those behind it are published. Use it for a room whose events the broker does not take (log 4006, 4002). The event is kept for 'store replay'; consumers see a hole in the room's sequence.

            Example:
              eyeson-bridge store skip 6576daef1f138900153d0762
            """,
            static async (store, room, output, cancellationToken) =>
            {
                var skipped = await store.SkipAsync(room, cancellationToken) ?? throw new CommandFailure($"No event of {room} waits to be published.");
                output.Line($"Skipped {skipped.Type} {skipped.EventId} of {room}: sequence {skipped.Sequence}, {skipped.Bytes} bytes.");
            });

    private static Command Replay() =>
        OfARoom("replay", """
            Puts the skipped events of a room back into the outbox. They are published behind what waits there, with their own sequence and id.

            Example:
              eyeson-bridge store replay 6576daef1f138900153d0762
            """,
            static async (store, room, output, cancellationToken) =>
            {
                if (await store.ReplayAsync(room, cancellationToken) is var count && count == 0)
                    throw new CommandFailure($"No event of {room} was skipped.");
                output.Line($"{Words.Count(count, "event")} of {room} will be published by the bridge within seconds, or when it starts.");
            });

    private static Command OfARoom(string name, string description, Func<IStoreRepair, string, CommandOutput, CancellationToken, Task> change)
    {
        var room = new Argument<string>("ROOM") { Description = "Eyeson room id." };
        return new Command(name, description) { room }.Does(async (context, cancellationToken) =>
        {
            var options = context.Settings.Read(StoreOptions.Section, new StoreOptionsValidator());
            await using var store = await StoreRepair.OpenAsync(options, cancellationToken)
                ?? throw StoreException.Missing(StoreRepair.Place(options));
            await change(store, context.GetRequiredValue(room), context.Output, cancellationToken);
            return ExitCodes.Success;
        });
    }
}
