using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Hosting;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Outbox;

/// <summary>A dispatcher between a real store and a publisher that does as the test says.</summary>
internal sealed class DispatcherFixture : IAsyncDisposable
{
    private readonly SqliteFixture _files = new();
    private readonly Dictionary<string, (RoomRow Room, long Sequence)> _rooms = new(StringComparer.Ordinal);
    private SqliteStore? _store;
    private OutboxDispatcher? _dispatcher;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The clock of the dispatcher.</summary>
    public ManualTimeProvider Time { get; } = new();

    public LogRecorder<OutboxDispatcher> Log { get; } = new();

    public ScriptedPublisher Publisher { get; } = new();

    public BusOptions Options { get; } = new();

    public SqliteStore Store => _store!;

    /// <summary>Where the store is.</summary>
    public string ConnectionString => $"Data Source={_files.Path}";

    public OutboxDispatcher Dispatcher => _dispatcher!;

    public static async Task<DispatcherFixture> CreateAsync()
    {
        var fixture = new DispatcherFixture();
        fixture._store = await fixture._files.OpenAsync();
        return fixture;
    }

    public async Task StartAsync(IBridgeStore? store = null)
    {
        _dispatcher = new OutboxDispatcher(
            store ?? Store,
            Publisher,
            new UnroutedEvents(NullLogger<UnroutedEvents>.Instance),
            Microsoft.Extensions.Options.Options.Create(Options),
            Microsoft.Extensions.Options.Options.Create(new ShutdownOptions()),
            Time,
            Log);
        await _dispatcher.StartAsync(Cancelled);
    }

    /// <summary>Stops the dispatcher, as a process does that ends in order.</summary>
    public async Task StopAsync()
    {
        if (_dispatcher is not { } dispatcher)
            return;

        _dispatcher = null;
        await dispatcher.StopAsync(CancellationToken.None);
        dispatcher.Dispose();
    }

    /// <summary>Puts so many events of a room into the outbox, the way observers do.</summary>
    public async Task AppendAsync(string roomId, int count, string type = nameof(RoomLocked), int bytes = 2)
    {
        if (!_rooms.TryGetValue(roomId, out var known))
            known = (await SqliteFixture.HoldAsync(Store, roomId), 0);

        _rooms[roomId] = (known.Room, known.Sequence + count);
        await Store.AppendAsync(
            SqliteFixture.Append(known.Room, known.Sequence) with
            {
                Events = [.. Enumerable.Range(0, count).Select(_ => new OutboxEvent(Guid.CreateVersion7(Time.GetUtcNow()), type, new byte[bytes], TraceParent: null))],
            },
            Cancelled);
    }

    /// <summary>The broker closes every channel.</summary>
    public void LoseChannels(string reason, bool isFaultOfAnEvent = false)
    {
        foreach (var channel in Publisher.Channels)
            channel.Lose(reason, isFaultOfAnEvent);
    }

    public Task<IReadOnlyList<OutboxEntry>> WaitingAsync() => Store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled);

    public async ValueTask DisposeAsync()
    {
        Publisher.Publish = static (_, _) => Task.CompletedTask;
        await StopAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        _files.Dispose();
    }
}
