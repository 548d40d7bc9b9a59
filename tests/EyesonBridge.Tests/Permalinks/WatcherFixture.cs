using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Observation;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Permalinks;

/// <summary>A watcher with a clock that the test moves, a real store, and an Eyeson that answers as told.</summary>
internal sealed class WatcherFixture : IAsyncDisposable
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly SqliteFixture _files = new();
    private readonly HttpClient _http;
    private ServiceProvider? _services;
    private PermalinkWatcher? _watcher;

    private WatcherFixture()
    {
        Eyeson = new ScriptedPermalinks(Time);
        _http = new HttpClient(Eyeson);
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ManualTimeProvider Time { get; } = new();

    public ScriptedPermalinks Eyeson { get; }

    public PermalinkOptions Options { get; } = new();

    public SqliteStore Store { get; private set; } = null!;

    /// <summary>What the watcher does for other replicas, instead of everything.</summary>
    public ReplicaDuties? Duties { get; set; }

    public LogRecorder Log { get; } = new();

    public static async Task<WatcherFixture> CreateAsync()
    {
        var fixture = new WatcherFixture();
        fixture.Store = await fixture._files.OpenAsync();
        return fixture;
    }

    /// <summary>Starts a watcher, as a process does that begins.</summary>
    public async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddLogging();
        services.AddSingleton<IBridgeStore>(new FaultyStore(Store) { OwnDuties = Duties });
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        services.AddSingleton(new EyesonPermalinkClient(_http, new Uri("http://eyeson.example"), retries: 0)); // on the system's clock: a call under way holds up the other
        services.AddBridgePermalinks();
        _services = services.BuildServiceProvider();
        _watcher = _services.GetRequiredService<PermalinkWatcher>();
        await _watcher.StartAsync(Cancelled);
    }

    /// <summary>Ends the watcher, and closes and opens the store.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await Store.DisposeAsync();
        Store = await _files.OpenAsync();
        await StartAsync();
    }

    public Task<bool> RegisterAsync(string token, bool isRecurring = false) => Store.RegisterPermalinkAsync(
        new PermalinkRow { Token = token, Account = "default", IsRecurring = isRecurring, Status = PermalinkStatus.Waiting }, Cancelled);

    /// <summary>Moves the clock until the condition holds, each time that all watchers wait.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="watchers">How many permalinks are watched.</param>
    public Task UntilAsync(Func<bool> condition, int watchers = 1) =>
        Time.AdvanceUntilAsync(condition, Step, armed: () =>
        {
            var waiting = _services!.GetRequiredService<PermalinkPace>().Waiting; // for their turns, with one timer for all
            return watchers - waiting + Math.Min(waiting, 1) + 1; // and one looks for new ones
        });

    /// <summary>Moves the clock on for a while.</summary>
    public Task PassAsync(TimeSpan time, int watchers = 1)
    {
        var until = Time.GetUtcNow() + time;
        return UntilAsync(() => Time.GetUtcNow() >= until, watchers);
    }

    /// <summary>Moves the clock until a message was logged so many times.</summary>
    public Task UntilLoggedAsync(int eventId, int count = 1) => UntilAsync(() => Log.Count(eventId) >= count);

    /// <summary>Moves the clock until a token was asked for so many times more.</summary>
    public Task UntilAskedAsync(string token, int times)
    {
        var before = Eyeson.Asked.Count(Is);
        return UntilAsync(() => Eyeson.Asked.Count(Is) >= before + times);

        bool Is((string Token, DateTimeOffset At) asked) => string.Equals(asked.Token, token, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Store.DisposeAsync();
        _http.Dispose();
        Eyeson.Dispose();
        _files.Dispose();
    }

    private async Task StopAsync()
    {
        if (_watcher is null)
            return;

        await _watcher.StopAsync(CancellationToken.None);
        await _services!.DisposeAsync();
        _watcher = null;
    }
}
