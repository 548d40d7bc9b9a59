namespace EyesonBridge.Contracts.V1;

/// <summary>The arrangement of the screen changed.</summary>
/// <remarks>From <c>options_update</c>, and from the options in <c>room_update</c>.</remarks>
public sealed record LayoutChanged : RoomEvent, IMeetingEvent
{
    /// <summary>The arrangement now.</summary>
    public required Layout Layout { get; init; }

    /// <summary>Names of the properties of <see cref="Layout"/> that differ from before, in camelCase; never empty. All that are known when the layout is first seen.</summary>
    public required IReadOnlyList<string> Changed { get; init; }
}
