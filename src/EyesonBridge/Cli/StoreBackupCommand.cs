using System.CommandLine;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Cli;

/// <summary><c>store backup</c>: copies a SQLite store, beside a running bridge too.</summary>
internal static class StoreBackupCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "The file to make. It must not exist." };
        return new Command("backup", """
            Copies the SQLite store as of one moment into a single file that only this user can read, beside a running bridge too. A bridge that is started with the copy goes on from that moment, under another stream id.

            Example:
              eyeson-bridge store backup /backup/eyeson-bridge-monday.db
            """)
        {
            path,
            OutputOption.Create(),
        }.Serves(async (context, cancellationToken) =>
        {
            var options = context.Settings.Read(StoreOptions.Section, new StoreOptionsValidator());
            if (options.Provider != StoreProvider.Sqlite)
            {
                throw new CommandFailure(
                    "'store backup' works with Store:Provider Sqlite only. PostgreSQL is backed up by its own tools: pg_dump --format=custom --file=PATH, with the host, database and user of Store:ConnectionString.",
                    ExitCodes.Usage);
            }

            var target = context.GetRequiredValue(path);
            Tell(await Task.Run(() => SqliteBackup.Create(options.ConnectionString, target, DiskSpace.Of, cancellationToken), cancellationToken), context.Output);
            return ExitCodes.Success;
        });
    }

    private static void Tell(BackupResult result, CommandOutput output)
    {
        output.Object(result);
        output.Line($"Backed up {result.Store} to {result.Backup}: {result.Bytes} bytes, schema {result.Schema}, {Words.Count(result.Rooms, "room")}, {Words.Count(result.Events, "event")} waiting to be published.");
        output.Line("It holds tokens and what was said in meetings: keep it where only those can read it who may.");
    }
}
