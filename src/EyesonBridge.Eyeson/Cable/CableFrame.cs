namespace EyesonBridge.Eyeson.Cable;

/// <summary>A frame, parsed. Which members are set depends on the kind.</summary>
internal readonly record struct CableFrame
{
    public CableFrameKind Kind { get; init; }

    /// <summary>Where in the frame the message's JSON stands.</summary>
    public Range Body { get; init; }

    public string? StreamId { get; init; }

    public string? Epoch { get; init; }

    public long? Offset { get; init; }

    public string? Sid { get; init; }

    public bool Restored { get; init; }

    public string? Reason { get; init; }

    public bool? Reconnect { get; init; }
}
