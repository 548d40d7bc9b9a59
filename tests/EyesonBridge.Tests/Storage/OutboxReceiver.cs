using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

/// <summary>Keeps what the store hands over, and tells of rooms; nothing of it is published.</summary>
internal sealed class OutboxReceiver : IOutboxReceiver
{
    private readonly Lock _gate = new();
    private readonly List<OutboxEntry> _entries = [];
    private readonly List<string> _told = [];
    private readonly List<int> _entriesAtRetain = [];
    private readonly List<string> _resumed = [];
    private readonly List<string> _askedToLeave = [];
    private readonly List<string> _askedToKeep = [];

    /// <summary>Whether nothing is left here of any room.</summary>
    public bool HasRest { get; set; }

    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>What it was told of rooms, in order.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            lock (_gate)
                return [.. _told];
        }
    }

    /// <summary>The rooms of which it was told that nobody else has anything left.</summary>
    public IReadOnlyList<string> Resumed
    {
        get
        {
            lock (_gate)
                return [.. _resumed];
        }
    }

    /// <summary>The rooms that it was asked for which are left to others if it cannot read them; and those that are not.</summary>
    public (IReadOnlyList<string> ToLeave, IReadOnlyList<string> ToKeep) Asked
    {
        get
        {
            lock (_gate)
                return ([.. _askedToLeave], [.. _askedToKeep]);
        }
    }

    /// <summary>How many entries it had each time that it was told which rooms it still publishes.</summary>
    public IReadOnlyList<int> EntriesAtRetain
    {
        get
        {
            lock (_gate)
                return [.. _entriesAtRetain];
        }
    }

    public void Committed(IReadOnlyList<OutboxEntry> entries)
    {
        lock (_gate)
            _entries.AddRange(entries);
    }

    public void Adopt(IReadOnlyList<LeftRoom> rooms) => Tell(rooms.Select(static room => $"adopt {room.RoomId} to {room.LastId}"));

    public void Withhold(IReadOnlyList<string> roomIds) => Tell(roomIds.Select(static room => $"withhold {room}"));

    public void Resume(IReadOnlyList<string> roomIds)
    {
        lock (_gate)
            _resumed.AddRange(roomIds);
    }

    public void Retain(IReadOnlySet<string> roomIds)
    {
        lock (_gate)
            _entriesAtRetain.Add(_entries.Count);
        Tell([$"retain {string.Join(' ', roomIds.Order(StringComparer.Ordinal))}"]);
    }

    public Task<IReadOnlyList<string>> WithoutRestAsync(IReadOnlyList<string> roomIds, bool leaveUnreadable, CancellationToken cancellationToken)
    {
        lock (_gate)
            (leaveUnreadable ? _askedToLeave : _askedToKeep).AddRange(roomIds);
        return Task.FromResult(HasRest ? [] : roomIds);
    }

    private void Tell(IEnumerable<string> told)
    {
        lock (_gate)
            _told.AddRange(told);
    }
}
