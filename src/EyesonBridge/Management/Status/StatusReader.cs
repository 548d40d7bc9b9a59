using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>Collects what is told of the bridge. However many look on, nothing is read again within two seconds.</summary>
internal sealed class StatusReader(IBridgeStore store, OwnStatus own, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<(RoomFilter Filter, int Skip, int Take), RoomPage> _pages = [];
    private IReadOnlyList<CheckStatus> _checks = [];
    private RoomPage? _anyPage;
    private long? _knownAt;

    /// <summary>How the bridge stands.</summary>
    public async Task<BridgeStatus> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(cancellationToken);
            return Combine(_anyPage ?? await PageAsync(new RoomFilter(), 0, 0, cancellationToken), own.Report(_checks));
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>The rooms that are asked for, less the first <paramref name="skip"/>.</summary>
    public async Task<RoomStatusPage> ReadRoomsAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(cancellationToken);
            var page = await PageAsync(filter, skip, take + 1, cancellationToken); // one more tells whether there are more
            return new RoomStatusPage
            {
                Items = Combine([.. page.Rooms.Take(take)]),
                Next = page.Rooms.Count > take ? page.Rooms[take - 1].RoomId : null,
                Found = page.Found,
                Total = page.Counts.Values.Sum(),
            };
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>One room; null when it is not stored.</summary>
    public async Task<RoomDetails?> ReadRoomAsync(string roomId, CancellationToken cancellationToken)
    {
        if (await store.FindRoomAsync(roomId, cancellationToken) is not { } room)
            return null;

        var report = own.Report([roomId]).GetValueOrDefault(roomId);
        return new RoomDetails
        {
            Room = Combine(room, report),
            Meeting = ReadMeeting(room),
            IsTold = report is not null,
            Events = report?.Events ?? [],
            Gaps = report?.Gaps ?? [],
        };
    }

    public void Dispose() => _reading.Dispose();

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

    private static RoomStatus Combine(RoomSummary room, RoomReport? report) => new()
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
        LagSeconds = report?.LagSeconds ?? 0,
    };

    private IReadOnlyList<RoomStatus> Combine(IReadOnlyList<RoomSummary> rooms)
    {
        var reports = own.Report([.. rooms.Select(static room => room.RoomId)]);
        return [.. rooms.Select(room => Combine(room, reports.GetValueOrDefault(room.RoomId)))];
    }

    private BridgeStatus Combine(RoomPage page, ReplicaReport report)
    {
        var events = EventRate.Of(report.Events, own.SlotWidth);
        var depth = store.Depth;
        return new BridgeStatus
        {
            At = time.GetUtcNow(),
            Replica = own.Name,
            Health = report.Health,
            Checks = _checks,
            Events = events,
            Outbox = new OutboxStatus
            {
                Events = depth.Count,
                Bytes = depth.Bytes,
                OldestSeconds = report.OldestSeconds,
                StalledSeconds = report.StalledSeconds,
            },
            Gaps = new GapSummary
            {
                LastHour = report.GapsLastHour,
                Now = page.Counts.GetValueOrDefault(ObservationStatus.Interrupted),
                Latest = report.LatestGaps,
            },
            Rooms = page.Counts.Values.Sum(),
            RoomsByStatus = page.Counts.OrderBy(static count => count.Key).ToDictionary(static count => EnumNames<ObservationStatus>.Of(count.Key), static count => count.Value, StringComparer.Ordinal),
            Replicas =
            [
                new ReplicaStatus
                {
                    Name = own.Name,
                    IsThis = true,
                    Rooms = own.Rooms,
                    Health = report.Health,
                    EventsPerSecond = events.PerSecond,
                    GapsLastHour = report.GapsLastHour,
                    OldestSeconds = report.OldestSeconds,
                },
            ],
        };
    }

    /// <summary>What was read is forgotten when it is old.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_knownAt is { } at && time.GetElapsedTime(at) < FreshFor)
            return;

        _pages.Clear();
        _anyPage = null;
        _checks = await own.CheckAsync(cancellationToken);
        _knownAt = time.GetTimestamp();
    }

    private async Task<RoomPage> PageAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        if (!_pages.TryGetValue((filter, skip, take), out var page))
            _pages.Add((filter, skip, take), page = await store.PageRoomsAsync(filter, skip, take, cancellationToken));
        return _anyPage = page;
    }
}
