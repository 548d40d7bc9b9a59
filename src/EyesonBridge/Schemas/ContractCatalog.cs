using System.Collections.Frozen;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Schemas;

/// <summary>The messages of the contracts by what they are, and the names that they travel under.</summary>
internal static class ContractCatalog
{
    /// <summary>What consumers can subscribe to beside single events: everything, and the two halves of it.</summary>
    public static IReadOnlyList<Type> Interfaces { get; } = [typeof(IRoomEvent), typeof(IMeetingEvent), typeof(IObservationEvent)];

    /// <summary>The events, by name.</summary>
    public static IReadOnlyList<Type> Events { get; } =
        [.. typeof(RoomEvent).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(RoomEvent))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Each command with its answer; each can be answered with <see cref="CommandRejected"/> instead.</summary>
    public static IReadOnlyDictionary<Type, Type> Answers { get; } = new Dictionary<Type, Type>
    {
        [typeof(GetObservations)] = typeof(Observations),
        [typeof(GetPermalinks)] = typeof(WatchedPermalinks),
        [typeof(ObservePermalink)] = typeof(PermalinkObservationAccepted),
        [typeof(ObserveRoom)] = typeof(ObservationAccepted),
        [typeof(RequestGuestUser)] = typeof(GuestUserCreated),
        [typeof(StartPermalinkMeeting)] = typeof(PermalinkMeetingReady),
        [typeof(StopObservingPermalink)] = typeof(PermalinkObservationStopped),
        [typeof(StopObservingRoom)] = typeof(ObservationStopped),
    }.ToFrozenDictionary();

    /// <summary>The commands, by name.</summary>
    public static IReadOnlyList<Type> Commands { get; } = [.. Answers.Keys.OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>What commands are answered with, by name.</summary>
    public static IReadOnlyList<Type> AnswerTypes { get; } =
        [.. Answers.Values.Append(typeof(CommandRejected)).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>Name of a message in the <c>messageType</c> of an envelope.</summary>
    public static string UrnOf(Type type) => $"urn:message:{type.Namespace}:{type.Name}";

    /// <summary>Name of the exchange of an event or an interface.</summary>
    public static string ExchangeOf(Type type) => $"{type.Namespace}:{type.Name}";
}
