using EyesonBridge.Outbox;

namespace EyesonBridge.Cli;

/// <summary>The names of event types.</summary>
internal static class EventTypeNames
{
    public static IReadOnlyList<string> All { get; } =
        [.. EventSerializer.Types.Select(type => type.Name).Order(StringComparer.Ordinal)];

    /// <summary>The name as it is written, whatever the case it is asked for in; null when there is none.</summary>
    public static string? Find(string name) =>
        All.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
}
