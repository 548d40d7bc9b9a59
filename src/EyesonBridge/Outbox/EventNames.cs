using System.Collections.Frozen;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Outbox;

/// <summary>The types of events by the name that the outbox keeps.</summary>
internal static class EventNames
{
    private static readonly FrozenDictionary<string, Type> TypesByName = typeof(RoomEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RoomEvent)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Every type of event.</summary>
    public static IReadOnlyCollection<Type> Types => TypesByName.Values;

    /// <summary>The type of that name.</summary>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    public static Type TypeOf(string name) => TypesByName.TryGetValue(name, out var type)
        ? type
        : throw new NotSupportedException($"This version does not know the event type '{name}', which a newer version wrote to the outbox. Start that version to publish it.");
}
