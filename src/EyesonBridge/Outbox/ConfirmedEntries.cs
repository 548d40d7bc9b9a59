using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>
/// Deletes what the broker has confirmed: all of it that came since the last delete, as ranges. One delete is under way at a
/// time, so that under load each takes much; a crash before it repeats what it would have deleted.
/// </summary>
internal sealed class ConfirmedEntries(IBridgeStore store, Action<Exception> onError)
{
    private readonly Lock _gate = new();
    private List<OutboxRange> _confirmed = [];
    private List<OutboxRange> _deleting = [];
    private Task _delete = Task.CompletedTask;
    private TaskCompletionSource? _whenDeleted; // of those that are being deleted
    private TaskCompletionSource? _whenNextDeleted; // of those that are confirmed

    /// <summary>Notes entries.</summary>
    public void Add(List<OutboxEntry> entries)
    {
        if (entries.Count == 0)
            return;

        lock (_gate)
        {
            foreach (var entry in entries)
                _confirmed.Add(new OutboxRange(entry.Id, entry.Id, entry.Payload.Length));
            if (_delete.IsCompleted)
                _delete = DeleteAsync();
        }
    }

    /// <summary>Completes when everything so far is deleted.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (_delete.IsCompleted)
                return Task.CompletedTask;

            // Not the task that deletes: while more is confirmed, that goes on.
            ref var deleted = ref _confirmed.Count > 0 ? ref _whenNextDeleted : ref _whenDeleted;
            return (deleted ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Joins ranges that follow each other; sorts the list.</summary>
    public static List<OutboxRange> Join(List<OutboxRange> ranges)
    {
        ranges.Sort(static (one, other) => one.FirstId.CompareTo(other.FirstId));
        var joined = new List<OutboxRange>();
        foreach (var range in ranges)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.LastId + 1 == range.FirstId)
                joined[^1] = new OutboxRange(last.FirstId, range.LastId, last.Bytes + range.Bytes);
            else
                joined.Add(range);
        }

        return joined;
    }

    private async Task DeleteAsync()
    {
        while (true)
        {
            List<OutboxRange> ranges;
            lock (_gate)
            {
                _whenDeleted?.TrySetResult();
                (_whenDeleted, _whenNextDeleted) = (_whenNextDeleted, null);
                if (_confirmed.Count == 0)
                {
                    _delete = Task.CompletedTask;
                    return;
                }

                (_confirmed, _deleting) = (_deleting, _confirmed);
                _confirmed.Clear();
                ranges = Join(_deleting);
            }

            try
            {
                await store.DeleteOutboxAsync(ranges, CancellationToken.None);
            }
#pragma warning disable CA1031 // an entry that was not deleted is published again after a restart, with the same id
            catch (Exception error)
            {
                onError(error);
            }
#pragma warning restore CA1031
        }
    }
}
