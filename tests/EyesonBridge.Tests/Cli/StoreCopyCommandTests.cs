using System.Text.Json;
using EyesonBridge.Cli;
using EyesonBridge.Storage;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Tests.Storage.Postgres;
using EyesonBridge.Tests.Storage.Sqlite;
using Npgsql;

namespace EyesonBridge.Tests.Cli;

/// <summary><c>store copy</c> as its user sees it: where the two stores are named, what is told of it, and never a password.</summary>
[Collection(PostgresTests.Name)]
public sealed class StoreCopyCommandTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Slow = 60_000;
    private const string Password = "a-secret-word";

    private readonly SqliteFixture _source = new();
    private readonly TestDatabase _target = new(postgres);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _target.InitializeAsync();
        await using var store = await _source.OpenAsync();
        await store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, DateTimeOffset.UnixEpoch), Cancelled);
    }

    public ValueTask DisposeAsync()
    {
        _source.Dispose();
        return _target.DisposeAsync();
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_DatabaseFromStandardInput_PrintsWhatBothHave()
    {
        var run = await RunAsync([], _target.ConnectionString, "store", "copy", "--from", _source.Path, "--to", "-");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains(run.Lines, static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["rooms", "1", "1"]);
        Assert.Contains(run.Lines, line => line.StartsWith($"Copied {_source.Path} to the database ", StringComparison.Ordinal));
        Assert.Contains(run.Lines, static line => line.StartsWith("Start the bridge with Store:Provider=Postgres now.", StringComparison.Ordinal));
        Assert.Contains("copied 1 of 1 rooms\n", run.Errors.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(1, await _target.ReadAsync<long>("SELECT count(*) FROM rooms"));
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_DatabaseOfTheSettings_IsADocumentForPrograms()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Store__Provider"] = "Postgres", ["Store__ConnectionString"] = _target.ConnectionString };

        var run = await RunAsync(settings, "", "store", "copy", "--from", $"Data Source={_source.Path}", "--output", "json");

        Assert.True(run.ExitCode == 0, run.Errors);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(await _target.ReadAsync<string>("SELECT stream_id FROM store"), document.RootElement.GetProperty("streamId").GetString());
        Assert.Equal("""{"table":"rooms","source":1,"target":1}""", document.RootElement.GetProperty("tables")[0].GetRawText());
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_StoreOfTheSettingsAndPasswordInAFile_Works()
    {
        var settings = new NpgsqlConnectionStringBuilder(_target.ConnectionString);
        var file = Path.Combine(_source.Folder, "password");
        await File.WriteAllTextAsync(file, $"{settings.Password}\n", Cancelled);
        settings.Password = null;

        var run = await RunAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Store__ConnectionString"] = $"Data Source={_source.Path}" },
            "",
            "store", "copy", "--to", settings.ConnectionString, "--to-password-file", file);

        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_WrongPassword_IsToldInTheWordsOfTheArguments()
    {
        var settings = new NpgsqlConnectionStringBuilder(_target.ConnectionString) { Password = Password };

        var run = await RunAsync([], settings.ConnectionString, "store", "copy", "--from", _source.Path, "--to", "-");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("rejects user or password. Correct --to, or the file that --to-password-file names.", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, run.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_KilledOnTheWay_LeavesNothingAndCanBeRepeated()
    {
        await (await _target.OpenAsync()).DisposeAsync();
        await _target.ExecuteAsync("""
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$;
            CREATE TRIGGER hold BEFORE INSERT ON wishes FOR EACH ROW EXECUTE FUNCTION hold()
            """);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Store__Provider"] = "Postgres", ["Store__ConnectionString"] = _target.ConnectionString };
        await using (var holder = await _target.ConnectAsync())
        {
            await using var hold = new NpgsqlCommand("SELECT pg_advisory_lock(1)", holder);
            await hold.ExecuteScalarAsync(Cancelled);
            await using var copy = BridgeProcess.Start(settings, "store", "copy", "--from", _source.Path);
            await copy.Errors.WhenAsync("the rooms", static lines => lines.Contains("copied 1 of 1 rooms", StringComparer.Ordinal), Cancelled);
            await copy.KillAsync();
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock(1)", holder);
            await release.ExecuteScalarAsync(Cancelled);
        }

        var run = await RunAsync([], "", "store", "copy", "--from", _source.Path, "--to", _target.ConnectionString);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("copied 1 of 1 registrations", run.Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = Slow)]
    [InlineData("--to is missing, and Store:Provider is not Postgres", "--from", "x.db")]
    [InlineData("--to must name a host", "--from", "x.db", "--to", "Database=d;Password=" + Password)]
    [InlineData("--to cannot be read", "--from", "x.db", "--to", "nonsense " + Password)]
    [InlineData("Copying goes from SQLite to PostgreSQL only", "--from", "Host=h;Database=d;Password=" + Password, "--to", "Host=h;Database=d")]
    [InlineData("--to-password-file: the file '/no/file' does not exist", "--from", "x.db", "--to", "Host=h;Database=d", "--to-password-file", "/no/file")]
    [InlineData("--to-password-file needs --to", "--from", "x.db", "--to-password-file", "/no/file")]
    [InlineData("There is no connection string on standard input", "--from", "x.db", "--to", "-")]
    public async Task Copy_WrongArguments_AreTold(string expected, params string[] arguments)
    {
        var run = await RunAsync([], "", ["store", "copy", .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, run.Errors, StringComparison.Ordinal);
    }

    private static async Task<CommandRun> RunAsync(Dictionary<string, string?> environment, string input, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        using var reader = new StringReader(input);
        var host = new CommandHost
        {
            Input = reader,
            Output = output,
            Error = errors,
            Environment = environment,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return new CommandRun(await CommandLine.RunAsync(arguments, host, Cancelled), output.ToString(), errors.ToString());
    }
}
