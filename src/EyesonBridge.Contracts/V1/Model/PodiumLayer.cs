namespace EyesonBridge.Contracts.V1;

/// <summary>A picture laid over or under the video.</summary>
public sealed record PodiumLayer
{
    /// <summary>Id of the layer (wire: <c>id</c>).</summary>
    public required string Id { get; init; }

    /// <summary>1 is the foreground, -1 the background (wire: <c>z-index</c>).</summary>
    public required int ZIndex { get; init; }
}
