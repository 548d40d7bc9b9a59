using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Observation;

/// <summary>What observation logs; ids 3000 to 3099, never used for anything else.</summary>
internal static partial class ObservationLog
{
    [LoggerMessage(3000, LogLevel.Information, "Observing room {RoomId} of account {Account}")]
    public static partial void Observing(this ILogger logger, string roomId, string account);

    [LoggerMessage(3001, LogLevel.Warning, "Observation of room {RoomId} was interrupted ({Reason}): {Detail}")]
    public static partial void Interrupted(this ILogger logger, string roomId, InterruptionReason reason, string? detail);

    [LoggerMessage(3002, LogLevel.Information, "Observing room {RoomId} again after a gap of {Gap}")]
    public static partial void Resumed(this ILogger logger, string roomId, TimeSpan gap);

    [LoggerMessage(3003, LogLevel.Information, "Observation of room {RoomId} ended: {Reason}")]
    public static partial void Ended(this ILogger logger, string roomId, ObservationEndReason reason);

    [LoggerMessage(3004, LogLevel.Warning, "Room {RoomId} of account {Account} cannot be observed ({Reason}): {Message}")]
    public static partial void Rejected(this ILogger logger, string roomId, string account, ObservationRejectionReason reason, string message);

    [LoggerMessage(3005, LogLevel.Debug, "Retrying room {RoomId} in {Delay}: {Detail}")]
    public static partial void TryingAgain(this ILogger logger, string roomId, TimeSpan delay, string? detail);

    [LoggerMessage(3006, LogLevel.Information, "Room {RoomId} is not running yet; waiting until {WaitUntil:O}")]
    public static partial void WaitingForRoom(this ILogger logger, string roomId, DateTimeOffset? waitUntil);

    [LoggerMessage(3007, LogLevel.Warning, "Room {RoomId} is now owned by another replica; releasing it")]
    public static partial void LeaseLost(this ILogger logger, string roomId);

    [LoggerMessage(3008, LogLevel.Error, "The observer of room {RoomId} failed; it will be restarted")]
    public static partial void ObserverFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(3009, LogLevel.Error, "A supervisor round failed; continuing with the next one")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(3011, LogLevel.Information, "Released {Count} rooms; the next start will resume them")]
    public static partial void LetGo(this ILogger logger, int count);

    [LoggerMessage(3014, LogLevel.Information, "Recovered what happened in room {RoomId} during the gap: {Count} events")]
    public static partial void GapFilled(this ILogger logger, string roomId, int count);

    [LoggerMessage(3015, LogLevel.Warning, "Could not recover what happened in room {RoomId} during the gap ({Problem}); will retry")]
    public static partial void GapNotFilled(this ILogger logger, string roomId, string problem);

    [LoggerMessage(3016, LogLevel.Warning, "Recording {RecordingId} of room {RoomId} was not ready after 24 hours; it is no longer followed")]
    public static partial void RecordingGivenUp(this ILogger logger, string roomId, string recordingId);

    [LoggerMessage(3017, LogLevel.Warning, "Could not recover within 24 hours what happened in room {RoomId} during its last gap; giving up")]
    public static partial void GapGivenUp(this ILogger logger, string roomId);

    [LoggerMessage(3018, LogLevel.Error, "Catching up on room {RoomId} over REST failed; will retry")]
    public static partial void AftermathFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(3019, LogLevel.Debug, "Room {RoomId}: discarded a frame for another channel or of a type that the protocol does not define")]
    public static partial void FrameDiscarded(this ILogger logger, string roomId);

    [LoggerMessage(3020, LogLevel.Warning, "Room {RoomId} is leased to this process but has no observer; releasing it so that it is claimed again")]
    public static partial void ReleasedUnobserved(this ILogger logger, string roomId);

    [LoggerMessage(3021, LogLevel.Information, "Gave up {Count} rooms, so that other replicas get their share")]
    public static partial void GaveUp(this ILogger logger, int count);

    [LoggerMessage(3022, LogLevel.Information, "Handed over {Count} rooms to other replicas, without a gap")]
    public static partial void HandedOver(this ILogger logger, int count);

    [LoggerMessage(3023, LogLevel.Information, "Goes on with {Count} rooms that another replica handed over")]
    public static partial void TookHandedOver(this ILogger logger, int count);

    [LoggerMessage(3024, LogLevel.Warning, "Room {RoomId} was handed over, but {Problem}: it is observed anew, with a gap")]
    public static partial void NotContinued(this ILogger logger, string roomId, string problem);

    [LoggerMessage(3025, LogLevel.Warning, "Could not hand over {Count} rooms, whose successors are gone; they are released, with a gap")]
    public static partial void NotHandedOver(this ILogger logger, int count);

    [LoggerMessage(3040, LogLevel.Error, "Room {RoomId} is not observed: its {Part} cannot be read from the store. It is set aside until 'store repair' gives that up, it is registered anew, or a version that can read it is started")]
    public static partial void RoomSetAside(this ILogger logger, string roomId, string part, Exception exception);

    [LoggerMessage(3041, LogLevel.Error, "Entry {Entry} in the inbox of room {RoomId} cannot be read and is set aside; the others are taken up")]
    public static partial void InboxSetAside(this ILogger logger, string roomId, long entry, Exception exception);

    [LoggerMessage(3042, LogLevel.Warning, "Where the streams of room {RoomId} stood cannot be read; what was missed is not requested from the server's history")]
    public static partial void PositionsUnreadable(this ILogger logger, string roomId);

    [LoggerMessage(3060, LogLevel.Warning, "Eyeson does not let room {RoomId} of account {Account} be observed ({Detail}); will retry")]
    public static partial void Refused(this ILogger logger, string roomId, string account, string? detail);
}
