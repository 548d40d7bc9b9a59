using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>Every scenario, in the order in which they run.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> List { get; } =
    [
        new CeilingScenario(),
        new FloodScenario("many-rooms", "100 rooms, chat events at full speed", LoadKind.Chat, rooms: 100, eventsEach: 1000, eventsEachInShort: 400),
        new FloodScenario("one-room", "One room, chat events at full speed", LoadKind.Chat, rooms: 1, eventsEach: 20_000, eventsEachInShort: 10_000),
        new FloodScenario("mixed", "100 rooms, events of all kinds at full speed", LoadKind.Mixed, rooms: 100, eventsEach: 600, eventsEachInShort: 0),
        new PacedScenario("paced-1000", "1,000 chat events a second over 200 rooms", rooms: 200, eventsPerSecond: 1000, isInShortForm: true),
        new PacedScenario("paced-5000", "5,000 chat events a second over 200 rooms", rooms: 200, eventsPerSecond: 5000, isInShortForm: false),
        new IdleScenario("idle-1000", "1,000 idle rooms", rooms: 1000, isInShortForm: true),
        new IdleScenario("idle-5000", "5,000 idle rooms", rooms: 5000, isInShortForm: false),
        new IdleScenario("idle-10000", "10,000 idle rooms", rooms: 10_000, isInShortForm: false),
        new SocketScenario(),
        new StartScenario(),
        new RoomCountScenario(),
        new AllocationScenario(),
        new OutageScenario(),
        new FullDiskScenario(),
        new RegistrationScenario(),
        new ListScenario(),
        new TracingScenario(),
        new PublisherScenario(),
    ];
}
