using System.Diagnostics.Metrics;
using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EyesonBridge.Management;

/// <summary>Measurements that are taken when somebody asks for them; nothing is kept for them.</summary>
internal sealed class BridgeGauges : IDisposable
{
    private static readonly (ObservationStatus Status, string Name)[] States =
        [.. Enum.GetValues<ObservationStatus>().Select(status => (status, status.ToString().ToLowerInvariant()))];

    private readonly Meter _meter = new(BridgeMetrics.MeterName);
    private readonly Supervisor _supervisor;
    private readonly AccountGate _accounts;
    private readonly AccountKeys _keys;

    public BridgeGauges(
        Supervisor supervisor, CableClient cables, IBridgeStore store, OutboxDispatcher dispatcher, AccountGate accounts, AccountKeys keys, TimeProvider time)
    {
        _supervisor = supervisor;
        _accounts = accounts;
        _keys = keys;
        _meter.CreateObservableGauge("eyeson_bridge.rooms", MeasureRooms, "{room}", "Rooms that this process owns, by state.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.replicas", () => Measure(supervisor.Replicas.Current?.Replicas), "{replica}", "Replicas that are alive, as this one sees it.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.rooms.unowned", () => Measure(supervisor.Replicas.Current?.Free), "{room}", "Rooms that a replica should own and none that lives does.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.ping.age", () => cables.LongestSilence.TotalSeconds, "s", "Time since anything, pings included, was received from the quietest observed room.");
        _meter.CreateObservableGauge("eyeson_bridge.outbox.events", () => store.Depth.Count, "{event}", "Events waiting to be published.");
        _meter.CreateObservableGauge("eyeson_bridge.outbox.size", () => store.Depth.Bytes, "By", "Size of the events waiting to be published.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.outbox.age", () => AgeOf(dispatcher.OldestAt, time), "s", "Age of the oldest event waiting to be published.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.publishing.stalled", () => dispatcher.Progress.StalledFor.TotalSeconds, "s", "Time for which nothing has been confirmed although events are waiting.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.permalinks.waiting", static () => PermalinkWaiting.Count, "{permalink}", "Permalinks waiting for their host.");
        _meter.CreateObservableGauge("eyeson_bridge.accounts.refused", MeasureAccounts, "{account}", "1 for an account whose API key Eyeson rejects.");
    }

    public void Dispose() => _meter.Dispose();

    private static double AgeOf(DateTimeOffset? at, TimeProvider time) => at is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0;

    private static IEnumerable<Measurement<long>> Measure(long? value) => value is { } known ? [new(known)] : [];

    private IEnumerable<Measurement<long>> MeasureRooms()
    {
        var counts = new long[States.Length];
        foreach (var observer in _supervisor.Observers)
            counts[Array.FindIndex(States, state => state.Status == observer.Vitals.Status)]++;
        return States.Select((state, index) => new Measurement<long>(counts[index], new Tag(TelemetryTags.State, state.Name)));
    }

    private IEnumerable<Measurement<long>> MeasureAccounts()
    {
        var refused = _accounts.Refused;
        return _keys.Names.Select(account => new Measurement<long>(
            refused.Contains(account, StringComparer.OrdinalIgnoreCase) ? 1 : 0, new Tag(TelemetryTags.Account, account)));
    }
}
