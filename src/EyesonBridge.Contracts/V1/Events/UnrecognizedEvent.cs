namespace EyesonBridge.Contracts.V1;

/// <summary>Eyeson sent something that this version does not know or cannot read. Nothing is dropped silently.</summary>
public sealed record UnrecognizedEvent : RoomEvent, IMeetingEvent
{
    /// <summary>The <c>type</c> on the wire; null if it could not be read.</summary>
    public string? WireType { get; init; }

    /// <summary>The text as it was received, with keys, tokens and signed URLs blanked out, truncated to 16,384 characters.</summary>
    public required string Raw { get; init; }

    /// <summary>True when the text was truncated.</summary>
    public required bool Truncated { get; init; }

    /// <summary>What could not be read; null when only the type is unknown.</summary>
    public string? Problem { get; init; }
}
