using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>All lines. A room always belongs to the same one, so its order holds.</summary>
/// <param name="lines">Each of them.</param>
/// <param name="confirmed">Deletes what was published.</param>
internal sealed class PublishLines(IReadOnlyList<PublishLine> lines, ConfirmedEntries confirmed) : IOutboxReceiver
{
    /// <summary>Each of them.</summary>
    public IReadOnlyList<PublishLine> All => lines;

    /// <summary>True when nothing more can be published.</summary>
    public bool AreDrained => lines.All(static line => line.IsDrained);

    /// <inheritdoc cref="PublishLine.IsEmpty"/>
    public bool AreEmpty => lines.All(static line => line.IsEmpty);

    /// <summary>When the oldest entry in memory was appended.</summary>
    public DateTimeOffset? OldestAt => lines.Min(static line => line.OldestAt);

    /// <inheritdoc cref="PublishLine.BlockedBy"/>
    public Exception? BlockedBy => lines.Select(static line => line.BlockedBy).FirstOrDefault(static reason => reason is not null);

    /// <summary>The line of a room.</summary>
    public PublishLine Of(string roomId) => lines[(int)((uint)string.GetHashCode(roomId, StringComparison.Ordinal) % (uint)lines.Count)];

    public void Committed(IReadOnlyList<OutboxEntry> entries)
    {
        for (var index = 0; index < entries.Count; index++)
            Of(entries[index].RoomId).Add(entries[index]);
        foreach (var line in lines)
            line.SendNew();
    }

    public void Adopt(IReadOnlyList<LeftRoom> rooms)
    {
        foreach (var room in rooms)
            Of(room.RoomId).Adopt(room);
        lines[0].WantsMore();
    }

    public void Withhold(IReadOnlyList<string> roomIds)
    {
        foreach (var roomId in roomIds)
            Of(roomId).Withhold(roomId);
    }

    public void Resume(IReadOnlyList<string> roomIds)
    {
        foreach (var roomId in roomIds)
            Of(roomId).Resume(roomId);
        lines[0].WantsMore();
    }

    public void Retain(IReadOnlySet<string> roomIds)
    {
        foreach (var line in lines)
            line.Retain(roomIds);
    }

    public async Task<IReadOnlyList<string>> WithoutRestAsync(IReadOnlyList<string> roomIds, bool leaveUnreadable, CancellationToken cancellationToken)
    {
        var without = roomIds.Where(roomId => Of(roomId).HasNothingOf(roomId, leaveUnreadable)).ToList();
        if (without.Count > 0)
            await confirmed.FlushAsync().WaitAsync(cancellationToken);
        return without;
    }

    /// <inheritdoc cref="PublishLine.EndCatchingUp"/>
    public void EndCatchingUp()
    {
        foreach (var line in lines)
            line.EndCatchingUp();
    }

    /// <summary>The first event of each room that does not get on.</summary>
    public List<OutboxEntry> Stuck()
    {
        var entries = new List<OutboxEntry>();
        foreach (var line in lines)
            line.AddStuck(entries);
        return entries;
    }

    /// <inheritdoc cref="PublishLine.AddHungry"/>
    public void AddHungry(Dictionary<string, SpilledRoom> rooms)
    {
        foreach (var line in lines)
            line.AddHungry(rooms);
    }
}
