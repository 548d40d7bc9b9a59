namespace EyesonBridge.Contracts.V1;

/// <summary>The picture that everybody sees is arranged anew.</summary>
/// <remarks>From <c>podium_update</c>, one event for each.</remarks>
public sealed record PodiumChanged : RoomEvent, IMeetingEvent
{
    /// <summary>The places and what is shown in each (wire: <c>podium</c>).</summary>
    public required IReadOnlyList<PodiumSegment> Segments { get; init; }

    /// <summary>Pictures over and under the video; empty when there are none (wire: <c>layers</c>).</summary>
    public required IReadOnlyList<PodiumLayer> Layers { get; init; }
}
