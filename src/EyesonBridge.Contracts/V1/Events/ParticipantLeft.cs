namespace EyesonBridge.Contracts.V1;

/// <summary>Somebody left the meeting. Never without a <see cref="ParticipantJoined"/> before.</summary>
/// <remarks>From <c>participant_update</c> with <c>online: false</c>, from the list in <c>room_update</c>, or because the meeting ended.</remarks>
public sealed record ParticipantLeft : RoomEvent, IMeetingEvent
{
    /// <summary>Who left.</summary>
    public required Participant Participant { get; init; }
}
