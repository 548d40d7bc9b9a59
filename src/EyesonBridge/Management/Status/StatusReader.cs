using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>Collects what is told of the bridge: from the store, from this process, and from the other replicas.</summary>
internal sealed class StatusReader(IBridgeStore store, OwnStatus own, ReplicaReports replicas, TimeProvider time) : IDisposable
{
    private readonly FreshReads<(RoomFilter Filter, int Skip, int Take), ListedRooms> _pages = new(time);
    private readonly FreshReads<string, RoomDetails> _rooms = new(time);
    private readonly FreshReads<string, IReadOnlyList<ReplicaStatus>> _alive = new(time);
    private readonly FreshReads<string, BridgeStatus> _status = new(time);

    /// <summary>How the bridge stands.</summary>
    public Task<BridgeStatus> ReadAsync(CancellationToken cancellationToken) => _status.GetAsync("", ReadStatusAsync, cancellationToken);

    /// <summary>The rooms that are asked for, less the first <paramref name="skip"/>.</summary>
    public async Task<RoomStatusPage> ReadRoomsAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        var (page, oldest) = await PageAsync(filter, skip, take + 1, cancellationToken); // one more tells whether there are more
        var now = time.GetUtcNow();
        var reports = own.Report([.. page.Rooms.Select(static room => room.RoomId)]);
        return new RoomStatusPage
        {
            Items = [.. page.Rooms.Take(take).Select(room => Combine(room, reports.GetValueOrDefault(room.RoomId), oldest, now))],
            Next = page.Rooms.Count > take ? page.Rooms[take - 1].RoomId : null,
            Found = page.Found,
            Total = page.Counts.Values.Sum(),
        };
    }

    /// <summary>One room; null when it is not stored.</summary>
    public async Task<RoomDetails?> ReadRoomAsync(string roomId, CancellationToken cancellationToken) =>
        !roomId.Contains('\0') // no database takes that
        && await store.FindRoomAsync(roomId, cancellationToken) is { } room
            ? await _rooms.GetAsync(roomId, cancelled => ReadRoomAsync(room, cancelled), cancellationToken)
            : null;

    public void Dispose()
    {
        _pages.Dispose();
        _rooms.Dispose();
        _alive.Dispose();
        _status.Dispose();
    }

    private static MeetingSummary? ReadMeeting(RoomRow room)
    {
        try
        {
            return MeetingSummary.Of(MeetingStateSerializer.Read(room.State));
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException)
        {
            return null; // whoever claims the room says so
        }
    }

    private static RoomStatus Combine(RoomSummary room, RoomReport? report, IReadOnlyDictionary<string, DateTimeOffset> oldest, DateTimeOffset now) => new()
    {
        RoomId = room.RoomId,
        Account = room.Account,
        Status = room.Status,
        Reason = room.Reason,
        StatusSince = room.StatusSince,
        WantedBy = room.WantedBy,
        WaitUntil = room.WaitUntil,
        MeetingId = room.MeetingId,
        Owner = room.Owner,
        Events = room.Sequence,
        LastEventAt = report?.LastEventAt ?? room.HeardAt,
        Reconnects = report?.Reconnects,
        LagSeconds = report?.LagSeconds ?? (oldest.TryGetValue(room.RoomId, out var at) ? OwnStatus.Age(at, now) : 0),
    };

    private async Task<RoomDetails> ReadRoomAsync(RoomRow room, CancellationToken cancellationToken)
    {
        var isAlive = room.Owner is not null && (await ListAliveAsync(cancellationToken)).Any(replica => string.Equals(replica.Name, room.Owner, StringComparison.Ordinal));
        var report = own.Report([room.RoomId]).GetValueOrDefault(room.RoomId);
        if (report is null && isAlive && !string.Equals(room.Owner, own.Name, StringComparison.Ordinal))
            report = await replicas.AskAsync(room.Owner!, room.RoomId, cancellationToken);
        var oldest = report is null ? await replicas.OldestOfAsync([room.RoomId], cancellationToken) : null;
        var summary = isAlive ? room : room with { Owner = null };
        return new RoomDetails
        {
            Room = Combine(summary, report, oldest ?? new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), time.GetUtcNow()),
            Meeting = ReadMeeting(room),
            IsTold = report is not null,
            Events = report?.Events ?? [],
            Gaps = report?.Gaps ?? [],
        };
    }

    private async Task<BridgeStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        var (page, _) = await _pages.AnyAsync(cancellationToken) ?? await PageAsync(new RoomFilter(), 0, 0, cancellationToken);
        var checks = await own.CheckAsync(cancellationToken);
        var mine = own.Report(checks);
        var alive = await ListAliveAsync(cancellationToken);
        var others = await replicas.AskAsync([.. alive.Where(static replica => !replica.IsThis).Select(static replica => replica.Name)], cancellationToken);
        ReplicaReport[] all = [mine, .. others.Values];
        var depth = store.Depth;
        return new BridgeStatus
        {
            At = time.GetUtcNow(),
            Replica = own.Name,
            Health = mine.Health,
            Checks = checks,
            Events = EventRate.Of([.. mine.Events.Select((_, slot) => all.Sum(report => report.Events.ElementAtOrDefault(slot)))], own.SlotWidth),
            Outbox = new OutboxStatus
            {
                Events = depth.Count,
                Bytes = depth.Bytes,
                OldestSeconds = all.Max(static report => report.OldestSeconds),
                StalledSeconds = all.Max(static report => report.StalledSeconds),
            },
            Gaps = new GapSummary
            {
                LastHour = all.Sum(static report => report.GapsLastHour),
                Now = page.Counts.GetValueOrDefault(ObservationStatus.Interrupted),
                Latest = [.. all.SelectMany(static report => report.LatestGaps).OrderByDescending(static gap => gap.To).Take(RecentActivity.GapsKept)],
            },
            Rooms = page.Counts.Values.Sum(),
            RoomsByStatus = page.Counts.OrderBy(static count => count.Key)
                .ToDictionary(static count => EnumNames<ObservationStatus>.Of(count.Key), static count => count.Value, StringComparer.Ordinal),
            Replicas = [.. alive.Select(replica => Tell(replica, replica.IsThis ? mine : others.GetValueOrDefault(replica.Name)))],
        };
    }

    private ReplicaStatus Tell(ReplicaStatus replica, ReplicaReport? report) => report is null ? replica : replica with
    {
        Health = report.Health,
        EventsPerSecond = EventRate.Of(report.Events, own.SlotWidth).PerSecond,
        GapsLastHour = report.GapsLastHour,
        OldestSeconds = report.OldestSeconds,
    };

    /// <summary>The replicas that are alive, this one among them: it may not have its lease yet, or not any more.</summary>
    private Task<IReadOnlyList<ReplicaStatus>> ListAliveAsync(CancellationToken cancellationToken) => _alive.GetAsync(
        "",
        async cancelled =>
        {
            var alive = await replicas.ListAsync(cancelled) ?? [];
            var here = alive.FirstOrDefault(replica => string.Equals(replica.Owner, own.Name, StringComparison.Ordinal)) ?? new LiveReplica(own.Name, own.Rooms);
            return [.. alive.Append(here).Distinct().OrderBy(static replica => replica.Owner, StringComparer.Ordinal).Select(replica => new ReplicaStatus
            {
                Name = replica.Owner,
                IsThis = ReferenceEquals(replica, here),
                Rooms = replica.Rooms,
            })];
        },
        cancellationToken);

    private Task<ListedRooms> PageAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken) => _pages.GetAsync(
        (filter, skip, take),
        async cancelled =>
        {
            var page = await store.PageRoomsAsync(filter, skip, take, cancelled);
            var others = page.Rooms.Where(room => !string.Equals(room.Owner, own.Name, StringComparison.Ordinal)).Select(static room => room.RoomId);
            return new ListedRooms(page, await replicas.OldestOfAsync([.. others], cancelled));
        },
        cancellationToken);

    /// <summary>A page of rooms, and when the oldest event that waits of each room of another replica was appended.</summary>
    private sealed record ListedRooms(RoomPage Page, IReadOnlyDictionary<string, DateTimeOffset> Oldest);
}
