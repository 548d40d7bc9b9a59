using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Outbox;

/// <summary>A broker as the dispatcher sees it: does what the test says, and keeps what it confirmed.</summary>
internal sealed class ScriptedPublisher : IEventPublisher
{
    private readonly Lock _gate = new();
    private readonly List<(OutboxEntry Entry, bool IsConfirmed)> _attempts = [];
    private readonly List<ScriptedChannel> _channels = [];
    private readonly Dictionary<string, int> _underWay = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What becomes of an attempt. By default it is confirmed at once.</summary>
    public Func<OutboxEntry, CancellationToken, Task> Publish { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>What becomes of the attempt to open a channel. By default it is open at once.</summary>
    public Func<Task> Open { get; set; } = static () => Task.CompletedTask;

    /// <summary>The most attempts that were under way at the same time.</summary>
    public int MostUnderWay { get; private set; }

    /// <summary>The most attempts of one room that were under way at the same time.</summary>
    public int MostOfARoom { get; private set; }

    /// <summary>Everything that was sent, in that order.</summary>
    public IReadOnlyList<OutboxEntry> Attempts
    {
        get
        {
            lock (_gate)
                return [.. _attempts.Select(attempt => attempt.Entry)];
        }
    }

    /// <summary>What the broker took over, in the order in which it was sent.</summary>
    public IReadOnlyList<OutboxEntry> Confirmed
    {
        get
        {
            lock (_gate)
                return [.. _attempts.Where(attempt => attempt.IsConfirmed).Select(attempt => attempt.Entry)];
        }
    }

    public int ConfirmedCount
    {
        get
        {
            lock (_gate)
                return _attempts.Count(attempt => attempt.IsConfirmed);
        }
    }

    public int AttemptCount
    {
        get
        {
            lock (_gate)
                return _attempts.Count;
        }
    }

    /// <summary>The channels that were opened and not closed.</summary>
    public IReadOnlyList<ScriptedChannel> Channels
    {
        get
        {
            lock (_gate)
                return [.. _channels];
        }
    }

    public async Task<IPublishChannel> OpenAsync(IPublishReceipts receipts, CancellationToken cancellationToken)
    {
        await Open().WaitAsync(cancellationToken);
        var channel = new ScriptedChannel(this, receipts);
        Note(() => _channels.Add(channel));
        return channel;
    }

    /// <summary>Completes once so many attempts were confirmed.</summary>
    public Task WhenConfirmedAsync(int count, CancellationToken cancellationToken) =>
        WhenAsync(() => _attempts.Count(attempt => attempt.IsConfirmed) >= count, cancellationToken);

    /// <summary>Completes once so many attempts were begun.</summary>
    public Task WhenAttemptedAsync(int count, CancellationToken cancellationToken) => WhenAsync(() => _attempts.Count >= count, cancellationToken);

    internal void Close(ScriptedChannel channel) => Note(() => _channels.Remove(channel));

    /// <summary>Sends, and tells what becomes of it.</summary>
    internal async Task SendAsync(PublishReceipt attempt, IPublishReceipts receipts, CancellationToken closed)
    {
        var entry = attempt.Publication.Entry;
        var number = 0;
        Note(() =>
        {
            number = _attempts.Count;
            _attempts.Add((entry, false));
            _underWay[entry.RoomId] = _underWay.GetValueOrDefault(entry.RoomId) + 1;
            MostUnderWay = Math.Max(MostUnderWay, _underWay.Values.Sum());
            MostOfARoom = Math.Max(MostOfARoom, _underWay[entry.RoomId]);
        });
        try
        {
            await Publish(entry, closed);
            if (closed.IsCancellationRequested)
                return;
            Note(() => _attempts[number] = (entry, true));
            receipts.Confirmed([attempt]);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // Nobody hears of it any more.
        }
        catch (Exception error)
        {
            receipts.Refused(attempt, error);
        }
        finally
        {
            Note(() => _underWay[entry.RoomId]--);
        }
    }

    private async Task WhenAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo())
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Note(Action change)
    {
        lock (_gate)
        {
            change();
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
