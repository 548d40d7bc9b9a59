using System.Threading.Channels;
using EyesonBridge.Bus;
using EyesonBridge.Hosting;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Outbox;

/// <summary>
/// Publishes the outbox: in order within a room, concurrently over rooms, each entry until it is confirmed; deletes what
/// was confirmed. A crash between the two repeats an entry with the same EventId.
/// </summary>
internal sealed class OutboxDispatcher(
    IBridgeStore store, IEventPublisher publisher, IOptions<BusOptions> options, IOptions<ShutdownOptions> shutdown, TimeProvider time, ILogger<OutboxDispatcher> logger)
    : IHostedService, IDisposable
{
    private const int PageCount = 1_000;
    private const long PageBytes = 8 * 1024 * 1024;
    private const int MostLoaded = 10_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(3);

    private readonly RoomLanes _lanes = new();
    private readonly SemaphoreSlim _slots = new(options.Value.ConcurrentRooms);
    private readonly Channel<long> _confirmed = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AsyncSignal _lessLoaded = new();
    private readonly CancellationTokenSource _abort = new(Timeout.InfiniteTimeSpan, time);
    private readonly DispatcherProgress _progress = new(time);
    private Task _reading = Task.CompletedTask;
    private Task _deleting = Task.CompletedTask;
    private int _loaded;
    private volatile bool _isDraining;
    private string? _problem;
    private long _drainUntil;

    /// <summary>Why nothing gets out; null while publishing works, or nothing had to be published yet.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Whether it makes progress.</summary>
    public DispatcherProgress Progress => _progress;

    /// <summary>When the oldest event that waits was put into the outbox; null when none waits.</summary>
    public DateTimeOffset? OldestAt => _lanes.OldestAt;

    /// <summary>The same of each of these rooms; rooms of which nothing waits are left out.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> OldestOf(IEnumerable<string> roomIds) => _lanes.OldestOf(roomIds);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _reading = Task.Run(ReadAsync, CancellationToken.None);
        _deleting = Task.Run(DeleteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Publishes what is in the outbox as long as that works, for most of the time that stopping may take. Hosts may ask more than once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _drainUntil = time.GetTimestamp() + (long)(0.6 * shutdown.Value.ShutdownTimeout.TotalSeconds * time.TimestampFrequency);
        _isDraining = true;
        if (Problem is null)
            ProlongDrain();
        else
            await _abort.CancelAsync();
        store.Signals.Outbox.Set();
        _lessLoaded.Set();

        await _reading;
        _confirmed.Writer.TryComplete();
        await _deleting;
        logger.DispatcherStopped(store.Depth.Count);
    }

    public void Dispose()
    {
        _abort.Dispose();
        _slots.Dispose();
    }

    private async Task ReadAsync()
    {
        var lastId = 0L;
        while (!_abort.IsCancellationRequested)
        {
            var isFull = Volatile.Read(ref _loaded) >= MostLoaded;
            _progress.NoteRound(isFull);
            try
            {
                if (isFull)
                {
                    await _lessLoaded.WaitAsync(_abort.Token);
                    continue;
                }

                var page = await store.ReadOutboxAsync(lastId, PageCount, PageBytes, _abort.Token);
                foreach (var entry in page)
                {
                    Load(entry);
                    lastId = entry.Id;
                }

                if (page.Count > 0)
                    continue;
                if (_isDraining && Volatile.Read(ref _loaded) == 0)
                    break;

                if (_isDraining)
                    await _lessLoaded.WaitAsync(_abort.Token);
                else
                    await store.Signals.Outbox.WaitAsync(LookEvery, time, _abort.Token);
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // whatever goes wrong in one round must not end the publishing
            catch (Exception error)
            {
                logger.RoundFailed(error);
                await PauseAsync();
            }
#pragma warning restore CA1031
        }

        while (_progress.Lanes > 0)
            await _lessLoaded.WaitAsync(CancellationToken.None);
    }

    private void Load(OutboxEntry entry)
    {
        Interlocked.Increment(ref _loaded);
        switch (_lanes.Add(entry))
        {
            case LaneEntry.First:
                _progress.BeginLane();
                _ = Task.Run(() => RunLaneAsync(entry.RoomId), CancellationToken.None);
                break;
            case LaneEntry.Refused:
                Interlocked.Decrement(ref _loaded);
                break;
        }
    }

    private async Task RunLaneAsync(string roomId)
    {
        try
        {
            while (!_abort.IsCancellationRequested)
            {
                var entry = _lanes.First(roomId);
                switch (await TryPublishAsync(entry))
                {
                    case PublishResult.Confirmed:
                        var goesOn = _lanes.Advance(roomId);
                        _confirmed.Writer.TryWrite(entry.Id);
                        if (!goesOn)
                            return;
                        break;
                    case PublishResult.Unreadable: // nothing may overtake it, and what waits behind it must not fill the memory
                        Interlocked.Add(ref _loaded, -_lanes.Block(roomId));
                        return;
                    default:
                        await PauseAsync();
                        break;
                }
            }
        }
        finally
        {
            _progress.EndLane();
            _lessLoaded.Set();
        }
    }

    private async Task<PublishResult> TryPublishAsync(OutboxEntry entry)
    {
        try
        {
            await _slots.WaitAsync(_abort.Token);
        }
        catch (OperationCanceledException)
        {
            return PublishResult.Failed;
        }

        using var timeout = new CancellationTokenSource(options.Value.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _abort.Token);
        try
        {
            await publisher.PublishAsync(entry, either.Token).WaitAsync(either.Token);
            NoteSuccess();
            return PublishResult.Confirmed;
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            return PublishResult.Failed;
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or NotSupportedException)
        {
            logger.EntryUnreadable(entry.EventId, entry.RoomId, entry.Type, error);
            return PublishResult.Unreadable;
        }
#pragma warning disable CA1031 // a transport can fail in any way; the entry stays and will be retried
        catch (Exception error)
        {
            NoteFailure(error);
            return PublishResult.Failed;
        }
#pragma warning restore CA1031
        finally
        {
            _progress.NoteAttempt();
            _slots.Release();
        }
    }

    private void NoteSuccess()
    {
        _progress.NoteConfirm();
        if (_isDraining)
            ProlongDrain();
        if (Interlocked.Exchange(ref _problem, null) is not null)
            logger.PublishingRecovered(store.Depth.Count);
    }

    /// <summary>Draining continues as long as it makes progress, until its time is over.</summary>
    private void ProlongDrain()
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), Volatile.Read(ref _drainUntil));
        _abort.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : left < NoProgress ? left : NoProgress);
    }

    private void NoteFailure(Exception error)
    {
        var problem = error is OperationCanceledException
            ? $"no confirmation within {options.Value.PublishTimeout.TotalSeconds:0} s"
            : $"{error.GetType().Name}: {error.Message}";
        if (Interlocked.CompareExchange(ref _problem, problem, null) is null)
            logger.PublishingFailed(problem);

        if (_isDraining)
            _abort.Cancel();
    }

    private Task PauseAsync() =>
        Task.Delay(Jitter.Within(RetryWithin), time, _abort.Token)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task DeleteAsync()
    {
        var ids = new List<long>();
        while (await _confirmed.Reader.WaitToReadAsync())
        {
            ids.Clear();
            while (ids.Count < PageCount && _confirmed.Reader.TryRead(out var id))
                ids.Add(id);

            try
            {
                await store.DeleteOutboxAsync([.. ids.Select(id => new OutboxRange(id, id, Bytes: 0))], CancellationToken.None);
            }
#pragma warning disable CA1031 // an entry that was not deleted is published again after a restart, with the same id
            catch (Exception error)
            {
                logger.RoundFailed(error);
            }
#pragma warning restore CA1031

            Interlocked.Add(ref _loaded, -ids.Count);
            _lessLoaded.Set();
        }
    }

    /// <summary>The outcome of an attempt to publish an entry.</summary>
    private enum PublishResult
    {
        /// <summary>The broker confirmed it.</summary>
        Confirmed,

        /// <summary>It is to be tried again.</summary>
        Failed,

        /// <summary>This version of the program will never be able to read it.</summary>
        Unreadable,
    }
}
