using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Outbox;

/// <summary>A broker as the dispatcher sees it: does what the test says, and keeps what it confirmed.</summary>
internal sealed class ScriptedPublisher : IEventPublisher
{
    private readonly Lock _gate = new();
    private readonly List<OutboxEntry> _attempts = [];
    private readonly List<OutboxEntry> _confirmed = [];
    private readonly Dictionary<string, int> _underWay = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What becomes of an attempt. By default it is confirmed at once.</summary>
    public Func<OutboxEntry, CancellationToken, Task> Publish { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>The most attempts that were under way at the same time.</summary>
    public int MostUnderWay { get; private set; }

    /// <summary>The most attempts of one room that were under way at the same time.</summary>
    public int MostOfARoom { get; private set; }

    public IReadOnlyList<OutboxEntry> Attempts
    {
        get
        {
            lock (_gate)
                return [.. _attempts];
        }
    }

    public IReadOnlyList<OutboxEntry> Confirmed
    {
        get
        {
            lock (_gate)
                return [.. _confirmed];
        }
    }

    public int ConfirmedCount
    {
        get
        {
            lock (_gate)
                return _confirmed.Count;
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

    public async Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        Note(() =>
        {
            _attempts.Add(entry);
            _underWay[entry.RoomId] = _underWay.GetValueOrDefault(entry.RoomId) + 1;
            MostUnderWay = Math.Max(MostUnderWay, _underWay.Values.Sum());
            MostOfARoom = Math.Max(MostOfARoom, _underWay[entry.RoomId]);
        });
        try
        {
            await Publish(entry, cancellationToken);
            Note(() => _confirmed.Add(entry));
        }
        finally
        {
            Note(() => _underWay[entry.RoomId]--);
        }
    }

    /// <summary>Completes once so many attempts were confirmed.</summary>
    public Task WhenConfirmedAsync(int count, CancellationToken cancellationToken) => WhenAsync(() => _confirmed.Count >= count, cancellationToken);

    /// <summary>Completes once so many attempts were begun.</summary>
    public Task WhenAttemptedAsync(int count, CancellationToken cancellationToken) => WhenAsync(() => _attempts.Count >= count, cancellationToken);

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
