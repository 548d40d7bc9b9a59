using EyesonBridge.Bus;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Hosting;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Logging;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>Store, dispatcher and publisher, without what observes rooms.</summary>
internal sealed class PublishingFixture : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly Dictionary<string, (RoomRow Room, long Sequence)> _rooms = new(StringComparer.Ordinal);
    private readonly SqliteStore _store;
    private readonly RabbitMqPublisher _publisher;
    private readonly WatchedPublisher _watched;
    private readonly OutboxWriter _writer;
    private readonly OutboxDispatcher _dispatcher;
    private bool _isStopped;

    private PublishingFixture(TempFolder folder, SqliteStore store, BusOptions options, TimeProvider time)
    {
        _folder = folder;
        _store = store;
        PublishTimeout = options.PublishTimeout;
        var settings = Options.Create(options);
        var trust = new BrokerTrust(settings, NullLogger<BrokerTrust>.Instance);
        Bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.ConnectTo(options, trust.Server);
            configurator.ApplyWireFormat();
        });
        var envelope = new EventEnvelope(() => EventAddresses.Of(Bus));
        _writer = new OutboxWriter();
        _publisher = new RabbitMqPublisher(settings, trust, new EventTopology(new Lazy<IBus>(() => Bus)), envelope, time);
        _watched = new WatchedPublisher(_publisher);
        _dispatcher = new OutboxDispatcher(store, _watched, Unrouted, settings, Options.Create(new ShutdownOptions()), time, Log);
    }

    /// <summary>MassTransit at the same broker, configured as in the worker; not started.</summary>
    public IBusControl Bus { get; }

    public LogRecorder<OutboxDispatcher> Log { get; } = new();

    /// <summary>How long a confirm may take.</summary>
    public TimeSpan PublishTimeout { get; }

    public UnroutedEvents Unrouted { get; } = new(NullLogger<UnroutedEvents>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts to publish what is appended.</summary>
    /// <param name="broker">Where to.</param>
    /// <param name="publishTimeout">How long a confirm may take; null takes the default.</param>
    /// <param name="time">Clock of dispatcher and publisher; null takes the machine's.</param>
    public static async Task<PublishingFixture> StartAsync(Uri broker, TimeSpan? publishTimeout = null, TimeProvider? time = null)
    {
        var folder = new TempFolder();
        var store = await SqliteStore.OpenAsync($"Data Source={folder.Combine("bridge.db")}", TimeProvider.System, NullLogger<SqliteStore>.Instance, Cancellation);
        var options = new BusOptions { Url = broker.AbsoluteUri };
        if (publishTimeout is { } timeout)
            options.PublishTimeout = timeout;
        var fixture = new PublishingFixture(folder, store, options, time ?? TimeProvider.System);
        await fixture._dispatcher.StartAsync(Cancellation);
        return fixture;
    }

    /// <summary>Appends so many events of a type, as an observer does.</summary>
    public Task AppendAsync<TEvent>(string roomId, int count = 1)
        where TEvent : RoomEvent => AppendAsync(roomId, Enumerable.Repeat((RoomEvent)Sample.Messages[typeof(TEvent)], count));

    /// <summary>Appends events as if they happened in that room one after the other.</summary>
    public async Task AppendAsync(string roomId, IEnumerable<RoomEvent> events)
    {
        if (!_rooms.TryGetValue(roomId, out var known))
            known = (await HoldAsync(roomId), 0);

        var sequence = known.Sequence;
        List<RoomEvent> happened = [.. events.Select(each => each with { RoomId = roomId, Sequence = ++sequence, EventId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) })];
        _rooms[roomId] = (known.Room, sequence);
        await _store.AppendAsync(
            new RoomAppend
            {
                RoomId = roomId,
                Owner = known.Room.Owner!,
                Epoch = known.Room.Epoch,
                FromSequence = known.Sequence,
                StreamId = happened[0].StreamId,
                Status = ObservationStatus.Observing,
                At = happened[0].ObservedAt,
                Events = _writer.Write(happened),
            },
            Cancellation);
    }

    /// <inheritdoc cref="WatchedPublisher.WhenBlockedAsync"/>
    public Task WhenBlockedAsync() => _watched.WhenBlockedAsync(Cancellation);

    /// <summary>Stops in good order: publishes and deletes what can be published.</summary>
    /// <returns>How many events are left.</returns>
    public async Task<long> StopAsync()
    {
        if (!_isStopped)
            await _dispatcher.StopAsync(CancellationToken.None);
        _isStopped = true;
        return _store.Depth.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _dispatcher.Dispose();
        await _publisher.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<RoomRow> HoldAsync(string roomId)
    {
        await _store.RegisterRoomAsync(new RoomRegistration(roomId, "default", "command", WaitUntil: null, TimeProvider.System.GetUtcNow()), Cancellation);
        return Assert.Single(await _store.ClaimRoomsAsync("me", TimeSpan.FromHours(1), 1, Cancellation));
    }
}
