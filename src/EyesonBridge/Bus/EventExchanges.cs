using System.Collections.Frozen;
using EyesonBridge.Outbox;

namespace EyesonBridge.Bus;

/// <summary>The exchange of each event: MassTransit names it after the type.</summary>
internal static class EventExchanges
{
    private static readonly FrozenDictionary<Type, string> Names =
        EventSerializer.Types.ToFrozenDictionary(type => type, type => $"{type.Namespace}:{type.Name}");

    /// <summary>Name of the exchange that events of a type are published to.</summary>
    public static string NameOf(Type type) => Names[type];
}
