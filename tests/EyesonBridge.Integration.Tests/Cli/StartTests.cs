using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>A bridge that cannot start says why; and the demo.</summary>
public sealed class StartTests : IDisposable
{
    private const string Secret = "key-that-nobody-may-see";

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_WrongSettings_TellsThemAllAtOnce()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Eyeson__Url"] = "ftp://eyeson.example",
            ["Eyeson__Authentication"] = "Pigeon",
            ["Observer__SilenceTimeout"] = "00:00:01",
            ["Observer__ConnectTimeout"] = "-00:00:01",
            ["Bus__Url"] = "http://localhost",
            ["Bus__PublishTimeout"] = "00:00:00",
            ["Store__ConnectionString"] = "Data Source=:memory:",
            ["Management__Url"] = "nowhere",
            ["Management__StuckAfter"] = "soon",
            ["Discovery__Enabled"] = "perhaps",
        };

        var run = await ProgramRun.OfAsync(settings, [], Cancellation);

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.All(run.Errors, line => Assert.StartsWith("eyeson-bridge: ", line, StringComparison.Ordinal));
        foreach (var key in (string[])["Eyeson:Authentication", "Observer:SilenceTimeout", "Observer:ConnectTimeout", "Bus:Url", "Bus:PublishTimeout", "Store:ConnectionString", "Management:Url"])
            Assert.Contains(run.Errors, line => line.Contains(key, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.ToString(), StringComparison.Ordinal);
        Assert.Contains("eyeson-bridge: Eyeson:Authentication must be one of: Header, Subprotocol, Query.", run.Errors);
        Assert.Contains("eyeson-bridge: Management:StuckAfter must be a duration, such as 00:00:30.", run.Errors);
        Assert.Contains("eyeson-bridge: Discovery:Enabled must be true or false.", run.Errors);
    }

    [Fact]
    public async Task Run_NoKeyAndNoEyeson_TellsBoth()
    {
        var run = await ProgramRun.OfAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Eyeson__Url"] = "ftp://eyeson.example" }, ["run"], Cancellation);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Errors.Count);
        Assert.Contains("Eyeson:Url", run.Errors[0], StringComparison.Ordinal);
        Assert.Contains("Eyeson:Accounts:default:ApiKey", run.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoreInUse_SaysSo()
    {
        await using var first = BridgeProcess.Start(Settings());
        await first.ListensAtAsync(Cancellation);

        var run = await ProgramRun.OfAsync(Settings(), [], Cancellation);

        AssertStoreProblem(run, "in use");
        Assert.DoesNotContain(Secret, run.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await first.TerminateAsync()); // with no broker there at all
    }

    [Fact]
    public async Task Terminate_WhileStarting_EndsWithZero()
    {
        await using var bridge = BridgeProcess.Start(Settings());
        await bridge.Output.WhenAsync("the open store", lines => lines.Any(line => line.Contains("Opened the store", StringComparison.Ordinal)), Cancellation);

        Assert.Equal(0, await bridge.TerminateAsync());
    }

    [Fact]
    public async Task Run_StoreIsGarbage_SaysSoAndLeavesIt()
    {
        var file = _folder.Combine("bridge.db");
        var garbage = string.Concat(Enumerable.Repeat("this is no database ", 1000));
        await File.WriteAllTextAsync(file, garbage, Cancellation);

        AssertStoreProblem(await ProgramRun.OfAsync(Settings(), [], Cancellation), file);

        Assert.Equal(garbage, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Run_StoreIsNewer_SaysSo()
    {
        await using (var first = BridgeProcess.Start(Settings()))
        {
            await first.ListensAtAsync(Cancellation);
            Assert.Equal(0, await first.TerminateAsync());
        }

        await using (var connection = new SqliteConnection($"Data Source={_folder.Combine("bridge.db")};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 4711";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        AssertStoreProblem(await ProgramRun.OfAsync(Settings(), [], Cancellation), "4711");
    }

    [Fact]
    public async Task Run_ManagementPortTaken_SaysSo()
    {
        await using var first = BridgeProcess.Start(Settings());
        var taken = await first.ListensAtAsync(Cancellation);
        var settings = Settings();
        settings["Store__ConnectionString"] = $"Data Source={_folder.Combine("other.db")}";
        settings["Management__Url"] = taken.ToString();

        var run = await ProgramRun.OfAsync(settings, [], Cancellation);

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains("Management:Url", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, line => line.Contains("fail:", StringComparison.Ordinal) || line.Contains("crit:", StringComparison.Ordinal));
    }

    /// <summary>As in a container with a read-only root, whatever its settings are for.</summary>
    [Fact]
    public async Task Demo_InMemoryAmongSettingsThatAreNotForIt_ShowsEveryMessage()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TMPDIR"] = "/proc", // cannot be written
            ["Store__ConnectionString"] = $"Data Source={_folder.Combine("bridge.db")}",
            ["Store__KeepEndedRooms"] = "soon",
            ["Eyeson__Accounts__default__ApiKeyFile"] = "/no/such/file",
            ["Eyeson__CaFile"] = "/no/such/file",
            ["Bus__Url"] = "nowhere",
            ["Webhook__Enabled"] = "true",
            ["Webhook__Url"] = "nowhere",
            ["Discovery__Enabled"] = "perhaps",
            ["Management__Url"] = "nowhere",
            ["ASPNETCORE_URLS"] = "http://192.0.2.1:1",
            ["Kestrel__Endpoints__Other__Url"] = "http://192.0.2.1:1",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "nowhere",
            ["EYESONBRIDGE_SECRETS_DIRECTORY"] = "/no/such/folder",
        };

        var run = await ProgramRun.OfAsync(settings, ["demo", "--in-memory", "--speed", "20"], Cancellation);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"^\d+ messages of \d+ types, 0 missing$", run.Output[^1]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path)); // it was there that it kept its store
    }

    private Dictionary<string, string> Settings() =>
        BridgeSettings.For(new Uri("http://127.0.0.1:1"), Secret, new Uri("amqp://guest:guest@127.0.0.1:1"), "nobodys", _folder.Combine("bridge.db"));

    private static void AssertStoreProblem(ProgramRun run, string says)
    {
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains(says, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.ToString(), StringComparison.Ordinal);
    }
}
