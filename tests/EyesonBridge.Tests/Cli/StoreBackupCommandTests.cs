using System.Text.Json.Nodes;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Cli;

/// <summary><c>store backup</c> as its user sees it.</summary>
public sealed class StoreBackupCommandTests : IAsyncLifetime
{
    private readonly SqliteFixture _store = new();

    private string Target => Path.Combine(_store.Folder, "backup.db");

    public async ValueTask InitializeAsync() => await (await _store.OpenAsync()).DisposeAsync();

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact(Timeout = 60_000)]
    public async Task Backup_OfTheStoreOfTheSettings_SaysWhatIsInIt()
    {
        var run = await RunAsync($"Data Source={_store.Path}", Target);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Matches($"^Backed up {_store.Path} to {Target}: [0-9]+ bytes, schema [0-9]+, 0 rooms, 0 events waiting to be published.$", run.Lines[0]);
        Assert.True(File.Exists(Target));
    }

    [Fact(Timeout = 60_000)]
    public async Task Backup_ForPrograms_IsADocument()
    {
        var run = await RunAsync($"Data Source={_store.Path}", Target, "--output", "json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var document = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(["store", "backup", "bytes", "schema", "rooms", "events"], document.Select(static member => member.Key));
        Assert.Equal(new FileInfo(Target).Length, (long)document["bytes"]!);
    }

    [Fact(Timeout = 60_000)]
    public async Task Backup_SecondTimeToTheSameFile_Fails()
    {
        await RunAsync($"Data Source={_store.Path}", Target);

        var run = await RunAsync($"Data Source={_store.Path}", Target);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"eyeson-bridge: {Target} exists already.", run.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Backup_PathThatIsEmpty_IsTold()
    {
        var run = await RunAsync($"Data Source={_store.Path}", "");

        Assert.Equal((1, "eyeson-bridge: The path of the backup is empty. Name the file to make."), (run.ExitCode, run.Errors.Trim()));
    }

    [Fact(Timeout = 60_000)]
    public async Task Backup_FolderThatIsMissing_IsTold()
    {
        var run = await RunAsync($"Data Source={_store.Path}", Path.Combine(_store.Folder, "none", "backup.db"));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"The folder {Path.Combine(_store.Folder, "none")} for the backup does not exist.", run.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Backup_OfPostgres_NamesItsTool()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Store__Provider"] = "Postgres",
            ["Store__ConnectionString"] = "Host=localhost;Database=d;Username=u;Password=secret",
        };

        var run = await CommandRun.OfAsync(environment, "store", "backup", Target);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("pg_dump --format=custom --file=PATH", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Errors, StringComparison.Ordinal);
    }

    private static Task<CommandRun> RunAsync(string store, params string[] arguments) =>
        CommandRun.OfAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Store__ConnectionString"] = store }, ["store", "backup", .. arguments]);
}
