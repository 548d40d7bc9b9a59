namespace EyesonBridge.Contracts.V1;

/// <summary>Somebody joined the meeting.</summary>
/// <remarks>From <c>participant_update</c> with <c>online: true</c>, or from the list in <c>room_update</c>.</remarks>
public sealed record ParticipantJoined : RoomEvent, IMeetingEvent
{
    /// <summary>Who joined.</summary>
    public required Participant Participant { get; init; }
}
