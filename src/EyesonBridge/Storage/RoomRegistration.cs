namespace EyesonBridge.Storage;

/// <summary>The wish to have a room observed.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Account">Account whose key observes it.</param>
/// <param name="Source">What wants it, one of <see cref="IntentSources"/>.</param>
/// <param name="WaitUntil">Until when to wait for a room that is not running; null keeps the value of a room that is active.</param>
/// <param name="At">When the wish was received.</param>
/// <param name="MeetingId">The meeting that runs in the room, where known: one that a command stopped is not registered by automatic sources.</param>
internal sealed record RoomRegistration(
    string RoomId, string Account, string Source, DateTimeOffset? WaitUntil, DateTimeOffset At, string? MeetingId = null);
