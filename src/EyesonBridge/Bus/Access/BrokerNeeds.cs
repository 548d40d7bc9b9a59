using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;

namespace EyesonBridge.Bus.Access;

/// <summary>The permissions that the bridge and its command line need; docs/operations.md has them as patterns.</summary>
internal static class BrokerNeeds
{
    private static readonly Type[] Interfaces = [typeof(IRoomEvent), typeof(IMeetingEvent), typeof(IObservationEvent)];
    private static readonly BrokerPermission[] All = Enum.GetValues<BrokerPermission>();

    /// <summary>Those of the bridge: its queues, and the exchanges of all events.</summary>
    public static IReadOnlyList<BrokerNeed> OfBridge(string controlQueue)
    {
        string[] queues = [controlQueue, BusServices.Undeliverable(controlQueue), $"{controlQueue}_error", $"{controlQueue}_skipped"];
        var events = EventNames.Types.Concat(Interfaces).Select(ExchangeOf).Order(StringComparer.Ordinal);
        return
        [
            .. queues.SelectMany(queue => new BrokerNeed[]
            {
                new(BrokerPermission.Configure, IsQueue: true, queue),
                new(BrokerPermission.Write, IsQueue: true, queue),
                new(BrokerPermission.Configure, IsQueue: false, queue),
                new(BrokerPermission.Write, IsQueue: false, queue),
                new(BrokerPermission.Read, IsQueue: false, queue, ExchangeOf(typeof(IRoomEvent))),
            }),
            new BrokerNeed(BrokerPermission.Read, IsQueue: true, controlQueue),
            .. events.SelectMany(exchange => All.Select(permission => new BrokerNeed(permission, IsQueue: false, exchange, controlQueue))),
        ];
    }

    /// <summary>Those of who sends commands and takes the answers at a queue of its own.</summary>
    public static IReadOnlyList<BrokerNeed> OfCommander(string controlQueue, string answers) =>
    [
        new BrokerNeed(BrokerPermission.Configure, IsQueue: false, controlQueue),
        new BrokerNeed(BrokerPermission.Write, IsQueue: false, controlQueue),
        .. OfTemporaryQueue(answers),
    ];

    /// <summary>Those of who receives every event at a queue of its own.</summary>
    public static IReadOnlyList<BrokerNeed> OfReader(string queue) =>
    [
        .. OfTemporaryQueue(queue),
        new BrokerNeed(BrokerPermission.Configure, IsQueue: false, ExchangeOf(typeof(IRoomEvent))),
        new BrokerNeed(BrokerPermission.Read, IsQueue: false, ExchangeOf(typeof(IRoomEvent)), queue),
    ];

    private static BrokerNeed[] OfTemporaryQueue(string name) =>
    [
        new(BrokerPermission.Configure, IsQueue: true, name),
        new(BrokerPermission.Configure, IsQueue: false, name),
        new(BrokerPermission.Write, IsQueue: true, name),
        new(BrokerPermission.Read, IsQueue: true, name),
    ];

    private static string ExchangeOf(Type type) => $"{type.Namespace}:{type.Name}";
}
