using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>
/// One event of the Meeting Observer, as it stood on the wire. Every member can be null: Eyeson leaves fields out
/// and sends nulls, and a field that cannot be read counts as missing. Webhook bodies are read the same way.
/// </summary>
public abstract record ObserverEvent
{
    /// <summary>The wire's <c>type</c>; null only in an <see cref="UnreadableEvent"/>.</summary>
    [JsonIgnore]
    public abstract string? Type { get; }

    /// <summary>
    /// What of the body could not be read and counts as missing, for people and without any content of the body; null when
    /// everything was read. In a list, an entry that is no object becomes one whose members are all null.
    /// </summary>
    [JsonIgnore]
    public string? LeftOut { get; init; }
}
