using EyesonBridge.Bus;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management.Status;

/// <summary>What this process knows of itself and of its rooms, from memory; only its health is looked after.</summary>
internal sealed class OwnStatus(
    Supervisor supervisor, OutboxDispatcher dispatcher, OutboxWriter writer, HealthCheckService health, BrokerConnection broker, TimeProvider time) : IDisposable
{
    private readonly FreshReads<string, IReadOnlyList<CheckStatus>> _checks = new(time);

    /// <summary>Its name among the owners of rooms.</summary>
    public string Name => supervisor.Owner;

    /// <summary>How many rooms it owns.</summary>
    public int Rooms => supervisor.Observers.Count();

    /// <summary>How long a slot of <see cref="ReplicaReport.Events"/> is.</summary>
    public TimeSpan SlotWidth => writer.Recent.SlotWidth;

    /// <summary>The parts of its readiness, by name.</summary>
    public Task<IReadOnlyList<CheckStatus>> CheckAsync(CancellationToken cancellationToken) => _checks.GetAsync("", LookAsync, cancellationToken);

    public void Dispose() => _checks.Dispose();

    /// <summary>How it stands.</summary>
    /// <param name="checks">How the parts of its readiness are.</param>
    public ReplicaReport Report(IReadOnlyList<CheckStatus> checks)
    {
        var now = time.GetUtcNow();
        return new ReplicaReport
        {
            Health = checks.Select(static check => check.Health).DefaultIfEmpty(Health.Healthy).Min(),
            Events = writer.Recent.EventsUntil(now),
            GapsLastHour = writer.Recent.GapsUntil(now),
            LatestGaps = writer.Recent.LatestGaps,
            OldestSeconds = Age(dispatcher.OldestAt, now),
            StalledSeconds = Math.Round(dispatcher.Progress.StalledFor.TotalSeconds, 1),
        };
    }

    /// <summary>When the oldest event that waits here of each of these rooms was appended, whether they are observed or not.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> OldestOf(IEnumerable<string> roomIds) => dispatcher.OldestOf(roomIds);

    /// <summary>How some rooms stand; those that it does not own are left out.</summary>
    public IReadOnlyDictionary<string, RoomReport> Report(IReadOnlyCollection<string> roomIds)
    {
        var now = time.GetUtcNow();
        var waiting = dispatcher.OldestOf(roomIds);
        var rooms = new Dictionary<string, RoomReport>(StringComparer.Ordinal);
        foreach (var roomId in roomIds)
        {
            if (supervisor.Find(roomId) is not { } observer)
                continue;

            var vitals = observer.Vitals;
            rooms[roomId] = new RoomReport
            {
                LastEventAt = vitals.LastEventAt,
                Reconnects = vitals.Reconnects,
                LagSeconds = Age(waiting.TryGetValue(roomId, out var since) ? since : null, now),
                Events = observer.LatestEvents,
                Gaps = observer.LatestGaps,
            };
        }

        return rooms;
    }

    /// <summary>How long ago something was, in seconds; 0 when it was not.</summary>
    public static double Age(DateTimeOffset? since, DateTimeOffset now) => since is { } at && at < now ? Math.Round((now - at).TotalSeconds, 1) : 0;

    private async Task<IReadOnlyList<CheckStatus>> LookAsync(CancellationToken cancellationToken)
    {
        var report = await health.CheckHealthAsync(ManagementServices.IsAboutReadiness, cancellationToken);
        return [.. report.Entries.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => new CheckStatus
        {
            Name = part.Key,
            Health = (Health)HealthResponse.StatusOf(part.Key, part.Value),
            Description = HealthResponse.DescriptionOf(part.Key, part.Value, broker),
        })];
    }
}
