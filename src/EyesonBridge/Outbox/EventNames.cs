using System.Collections.Frozen;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Outbox;

/// <summary>The types of events by the name that the outbox keeps.</summary>
internal static class EventNames
{
    private static readonly FrozenDictionary<string, Type> TypesByName = typeof(RoomEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RoomEvent)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly Type[] Numbered = [.. TypesByName.Values.OrderBy(type => type.Name, StringComparer.Ordinal)];

    private static readonly FrozenDictionary<Type, int> Numbers = Numbered.Index().ToFrozenDictionary(type => type.Item, type => type.Index);

    /// <summary>Every type of event.</summary>
    public static IReadOnlyCollection<Type> Types => TypesByName.Values;

    /// <summary>A small number for a type, within this process.</summary>
    public static int NumberOf(Type type) => Numbers[type];

    /// <summary>The name of the type with that number.</summary>
    public static string Of(int number) => Numbered[number].Name;

    /// <summary>The type of that name.</summary>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    public static Type TypeOf(string name) => TypesByName.TryGetValue(name, out var type)
        ? type
        : throw new NotSupportedException($"This version does not know the event type '{name}', which a newer version wrote to the outbox. Start that version to publish it.");
}
