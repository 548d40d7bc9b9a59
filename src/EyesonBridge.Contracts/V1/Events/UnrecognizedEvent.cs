namespace EyesonBridge.Contracts.V1;

/// <summary>Eyeson sent something that this version does not know or cannot read. Nothing is dropped in silence.</summary>
public sealed record UnrecognizedEvent : RoomEvent, IMeetingEvent
{
    /// <summary>The <c>type</c> on the wire; null where there was none to read.</summary>
    public string? WireType { get; init; }

    /// <summary>The text as it was received, with keys, tokens and signed URLs blanked out, cut after 16,384 characters.</summary>
    public required string Raw { get; init; }

    /// <summary>True when the text was cut.</summary>
    public required bool Truncated { get; init; }

    /// <summary>What could not be read; null when only the type is unknown.</summary>
    public string? Problem { get; init; }
}
