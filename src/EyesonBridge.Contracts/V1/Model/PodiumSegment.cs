namespace EyesonBridge.Contracts.V1;

/// <summary>A place on the screen and what is shown there.</summary>
public sealed record PodiumSegment
{
    /// <summary>Id of the participant shown there (wire: <c>user_id</c>).</summary>
    public string? UserId { get; init; }

    /// <summary>Id of the playback shown there (wire: <c>play_id</c>).</summary>
    public string? PlayId { get; init; }

    /// <summary>Width in pixels (wire: <c>width</c>).</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels (wire: <c>height</c>).</summary>
    public required int Height { get; init; }

    /// <summary>Distance from the left edge in pixels (wire: <c>left</c>).</summary>
    public required int Left { get; init; }

    /// <summary>Distance from the upper edge in pixels (wire: <c>top</c>).</summary>
    public required int Top { get; init; }

    /// <summary>Order in depth; more is nearer (wire: <c>z-index</c>).</summary>
    public required int ZIndex { get; init; }
}
