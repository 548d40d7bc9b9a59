using EyesonBridge.Bus;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management.Status;

/// <summary>Collects what the status page shows. However many look on, the store is read at most every two seconds.</summary>
internal sealed class StatusReader(
    IBridgeStore store, Supervisor supervisor, OutboxDispatcher dispatcher, HealthCheckService health, BrokerConnection broker, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private (IReadOnlyList<RoomSummary> Rooms, HealthReport Health)? _known;
    private long _knownAt;

    /// <summary>How the bridge stands.</summary>
    public async Task<BridgeStatus> ReadAsync(StatusQuery query, CancellationToken cancellationToken)
    {
        var (rows, report) = await LookAsync(cancellationToken);
        var now = time.GetUtcNow();
        var found = rows.Where(query.IsFor).ToList();
        var page = found.Skip((query.Page - 1) * StatusQuery.PageSize).Take(StatusQuery.PageSize).ToList();
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
            Counts = rows.CountBy(room => room.Status).ToDictionary(),
            Found = found.Count,
            Rooms = Combine(page, now),
        };
    }

    public void Dispose() => _reading.Dispose();

    private async Task<(IReadOnlyList<RoomSummary> Rooms, HealthReport Health)> LookAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_known is { } known && time.GetElapsedTime(_knownAt) < FreshFor)
                return known;

            var rooms = await store.ListRoomsAsync(cancellationToken);
            var report = await health.CheckHealthAsync(ManagementServices.IsAboutReadiness, cancellationToken);
            var now = (rooms, report);
            _known = now;
            _knownAt = time.GetTimestamp();
            return now;
        }
        finally
        {
            _reading.Release();
        }
    }

    private List<RoomStatus> Combine(List<RoomSummary> page, DateTimeOffset now)
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
