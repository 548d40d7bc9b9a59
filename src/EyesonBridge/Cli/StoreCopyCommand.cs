using System.CommandLine;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Copying;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Cli;

/// <summary><c>store copy</c>: moves a SQLite store to PostgreSQL.</summary>
internal static class StoreCopyCommand
{
    public static Command Create()
    {
        var from = new Option<string?>("--from") { HelpName = "FILE", Description = "The SQLite store: its file, or its connection string. If omitted, the one of the settings." };
        var to = new Option<string?>("--to")
        {
            HelpName = "CONNECTION",
            Description = "The database, as Store:ConnectionString names it; '-' reads that from standard input. If omitted, the one of the settings. A password in an argument can be seen by other users of the machine: use --to-password-file.",
        };
        var passwordFile = new Option<string?>("--to-password-file") { HelpName = "FILE", Description = "A file with the password for --to." };
        return new Command("copy", """
            Moves the SQLite store of a bridge that is stopped to an empty PostgreSQL database, and compares both. The bridge goes on there where it stopped, with the same sequences and the same stream id. What is interrupted leaves nothing behind.

            Example:
              eyeson-bridge store copy --from data/eyeson-bridge.db --to 'Host=db.example.com;Database=eyeson_bridge;Username=eyeson_bridge' --to-password-file /run/secrets/db-password
            """)
        {
            from,
            to,
            passwordFile,
            OutputOption.Create(),
        }.Serves(async (context, cancellationToken) =>
        {
            var connection = context.GetValue(to);
            if (connection is not null)
                connection = await SecretArguments.ReadAsync("connection string", connection, context.Host, cancellationToken);
            Tell(await CopyAsync(new CopyArguments(context.GetValue(from), connection, context.GetValue(passwordFile)), context, cancellationToken), context.Output);
            return ExitCodes.Success;
        });
    }

    private static async Task<CopyResult> CopyAsync(CopyArguments given, CommandContext context, CancellationToken cancellationToken)
    {
        var settings = given.NeedsSettings ? context.Settings.Read(StoreOptions.Section, new StoreOptionsValidator()) : new StoreOptions();
        var (source, target) = (given.Source(settings), given.Target(settings));
        try
        {
            return await new StoreCopy(context.Note, context.Host.Time, NullLogger.Instance).RunAsync(source, target, cancellationToken);
        }
        catch (StoreException failed)
        {
            throw new CommandFailure(given.AsGiven(failed.Message));
        }
    }

    private static void Tell(CopyResult result, CommandOutput output)
    {
        output.Object(new { result.Source, result.Target, result.StreamId, Tables = result.Counts.Select(static count => new { count.Table, count.Source, count.Target }) });
        output.Line($"{"",-24}  {"SQLite",12}  {"PostgreSQL",12}");
        foreach (var count in result.Counts)
            output.Line($"{count.Words,-24}  {count.Source,12}  {count.Target,12}");
        output.Line($"Copied {result.Source} to {result.Target}. The sequence of each room and the order of its events are the same, and so is the stream id, {result.StreamId}.");
        output.Line($"Start the bridge with Store:Provider=Postgres now. Keep {result.Source} as a backup, and do not start a bridge with it.");
    }
}
