namespace EyesonBridge.Contracts.V1;

/// <summary>The whole state of a room, after each subscription.</summary>
/// <remarks>From the first <c>room_update</c> after the subscription. What differs from the state known before has been published as separate events just before this one.</remarks>
public sealed record RoomStateReported : RoomEvent, IObservationEvent
{
    /// <summary>The state.</summary>
    public required RoomState State { get; init; }
}
