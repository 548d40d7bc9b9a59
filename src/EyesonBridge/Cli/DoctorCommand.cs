using System.CommandLine;
using EyesonBridge.Accounts;
using EyesonBridge.Bus;
using EyesonBridge.Cli.Doctor;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Hosting;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Cli;

/// <summary><c>doctor</c>: what is wrong with this installation, one line each.</summary>
internal static class DoctorCommand
{
    public static Command Create() =>
        new Command("doctor", """
            Checks the settings, the broker and its permissions, the store (with PostgreSQL: how it is reached, rights, schema, clock, replicas) and its rooms, whether a bridge answers, and each account's API key. Prints one line for each, saying what is wrong and how to fix it.

            Example:
              eyeson-bridge doctor
            """)
        {
            OutputOption.Create(),
        }.Does(CheckAsync);

    private static async Task<int> CheckAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var doctor = new Examination(context.Output);
        var settings = context.Settings;
        var configuration = settings.Load();
        var problems = BridgeOptions.Problems(configuration);
        foreach (var problem in problems)
            doctor.Wrong("settings", problem);
        if (problems.Count == 0)
            doctor.Well("settings", "complete");
        foreach (var warning in BridgeOptions.Warnings(configuration))
            doctor.Doubtful("settings", warning);

        var broker = ReadOrNull(settings, BusOptions.Section, new BusOptionsValidator()) is { } bus ? settings.BrokerOf(bus) : null;
        var hasBroker = await doctor.CheckAsync("broker", () => BrokerCheck.RunAsync(Require(broker), cancellationToken));
        await doctor.CheckAsync("store", () => CheckStoreAsync(doctor, settings, cancellationToken));
        await doctor.CheckAsync("rooms", () => CheckRoomsAsync(settings, cancellationToken));
        if (hasBroker)
            await doctor.CheckAsync("bridge", () => BridgeCheck.RunAsync(Require(broker), cancellationToken));
        await CheckAccountsAsync(doctor, settings, cancellationToken);
        doctor.End();
        return doctor.IsWell ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task CheckAccountsAsync(Examination doctor, CliSettings settings, CancellationToken cancellationToken)
    {
        if (ReadOrNull(settings, EyesonOptions.Section, new EyesonOptionsValidator()) is null)
        {
            await doctor.CheckAsync("accounts", () => Task.FromException<string>(NotChecked()));
            return;
        }

        using var eyeson = EyesonAccess.Open(settings);
        foreach (var account in eyeson.Accounts)
            await doctor.CheckAsync($"account {account}", () => CheckAccountAsync(eyeson, account, cancellationToken));
    }

    /// <summary>Null when the settings are wrong, which is told already.</summary>
    private static TOptions? ReadOrNull<TOptions>(CliSettings settings, string section, IValidateOptions<TOptions> validator)
        where TOptions : class, new()
    {
        try
        {
            return settings.Read(section, validator);
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    private static TOptions Require<TOptions>(TOptions? options)
        where TOptions : class => options ?? throw NotChecked();

    private static CommandFailure NotChecked() => new("not checked: correct its settings first");

    /// <summary>Whether the bridge can work with its store, or has it open already.</summary>
    private static async Task<string> CheckStoreAsync(Examination doctor, CliSettings settings, CancellationToken cancellationToken)
    {
        var options = Require(ReadOrNull(settings, StoreOptions.Section, new StoreOptionsValidator()));
        if (options.Provider == StoreProvider.Postgres)
            return await PostgresCheckup.RunAsync(options, TimeProvider.System, doubt => doctor.Doubtful("store", doubt), cancellationToken);
        return SqliteStore.Exists(options.ConnectionString) ? SqliteCheckup.Run(options.ConnectionString) : StoreFolderCheck.Run(options.ConnectionString);
    }

    /// <summary>Whether there are rooms that do not go on by themselves. Looks beside bridges that have the store open.</summary>
    private static async Task<string> CheckRoomsAsync(CliSettings settings, CancellationToken cancellationToken)
    {
        var options = Require(ReadOrNull(settings, StoreOptions.Section, new StoreOptionsValidator()));
        if (options.Provider == StoreProvider.Sqlite && SqliteCheckup.IsOlder(options.ConnectionString))
            return "not looked at: the store is of an earlier version";

        await using var store = await StoreRepair.OpenAsync(options, cancellationToken);
        if (store is null)
            return "none yet";

        var held = await store.ListAsync(cancellationToken);
        var skipped = held.Where(static row => row.Part is SetAsideCount.Skipped).Sum(static row => row.Count);
        return held.FirstOrDefault(static row => row.Part is not SetAsideCount.Skipped) is not { } first
            ? skipped == 0 ? "all can be read" : $"all can be read; {Words.Count(skipped, "skipped event")} kept ('store replay ROOM' puts back those of a room)"
            : throw new CommandFailure(
                $"{held.Count(static row => row.Part is not SetAsideCount.Skipped)} are set aside, as something of them cannot be read: the first is {first.RoomId} ({first.Part}). Start a version that can read it, or give it up with 'store repair {first.RoomId}'.");
    }

    private static async Task<string> CheckAccountAsync(EyesonAccess eyeson, string account, CancellationToken cancellationToken)
    {
        var answer = await eyeson.Of(account).GetRoomsAsync(cancellationToken);
        if (answer.Outcome == RestOutcome.KeyRefused)
            throw new CommandFailure($"Eyeson rejects the API key. Set a valid key in Eyeson:Accounts:{account}:ApiKey (environment: Eyeson__Accounts__{account}__ApiKey) or in its ApiKeyFile.");

        if (!answer.IsOk && eyeson.TrustProblem is { } problem)
            throw new CommandFailure($"The certificate of Eyeson was rejected: {problem}");

        if (answer.Outcome == RestOutcome.Unreachable)
            throw new CommandFailure("Eyeson does not answer. Check Eyeson:Url (environment: Eyeson__Url) and the network.");

        var rooms = EyesonAccess.Require(answer);
        return $"Eyeson accepts the key; {Words.Count(rooms.Count, "meeting")} running with it";
    }
}
