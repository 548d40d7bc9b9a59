using EyesonBridge.Bus;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management.Status;

/// <summary>Collects what the status page shows. However many look on, nothing is read again within two seconds.</summary>
internal sealed class StatusReader(
    IBridgeStore store, Supervisor supervisor, OutboxDispatcher dispatcher, HealthCheckService health, BrokerConnection broker, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<StatusQuery, RoomPage> _pages = [];
    private HealthReport? _health;
    private long _knownAt;

    /// <summary>How the bridge stands.</summary>
    public async Task<BridgeStatus> ReadAsync(StatusQuery query, CancellationToken cancellationToken)
    {
        var (page, report) = await LookAsync(query, cancellationToken);
        var now = time.GetUtcNow();
        return new BridgeStatus
        {
            At = now,
            Parts =
            [
                .. report.Entries.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part =>
                    new PartStatus(part.Key, HealthResponse.StatusOf(part.Key, part.Value), HealthResponse.DescriptionOf(part.Key, part.Value, broker))),
            ],
            Outbox = store.Depth,
            OldestAge = dispatcher.OldestAt is { } oldest && oldest < now ? now - oldest : TimeSpan.Zero,
            StalledFor = dispatcher.Progress.StalledFor,
            Counts = page.Counts,
            Found = page.Found,
            Rooms = Combine(page.Rooms, now),
        };
    }

    public void Dispose() => _reading.Dispose();

    private async Task<(RoomPage Page, HealthReport Health)> LookAsync(StatusQuery query, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_health is null || time.GetElapsedTime(_knownAt) >= FreshFor)
            {
                _pages.Clear();
                _health = await health.CheckHealthAsync(ManagementServices.IsAboutReadiness, cancellationToken);
                _knownAt = time.GetTimestamp();
            }

            if (!_pages.TryGetValue(query, out var page))
            {
                page = await store.PageRoomsAsync(query.Filter, (query.Page - 1) * StatusQuery.PageSize, StatusQuery.PageSize, cancellationToken);
                _pages.Add(query, page);
            }

            return (page, _health);
        }
        finally
        {
            _reading.Release();
        }
    }

    private List<RoomStatus> Combine(IReadOnlyList<RoomSummary> page, DateTimeOffset now)
    {
        var ids = page.Select(room => room.RoomId).ToHashSet(StringComparer.Ordinal);
        var vitals = supervisor.Observers.Where(observer => ids.Contains(observer.RoomId)).ToDictionary(observer => observer.RoomId, observer => observer.Vitals, StringComparer.Ordinal);
        var waiting = dispatcher.OldestOf(ids);
        return [.. page.Select(room =>
        {
            var live = vitals.GetValueOrDefault(room.RoomId);
            return new RoomStatus(
                room.RoomId,
                room.Account,
                room.Status,
                room.Reason,
                room.StatusSince,
                live.LastEventAt ?? room.HeardAt,
                room.Sequence,
                live.Reconnects,
                waiting.TryGetValue(room.RoomId, out var since) && since < now ? now - since : TimeSpan.Zero);
        })];
    }
}
