using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Observation;

/// <summary>What observation logs; ids 3000 to 3099, never used for anything else.</summary>
internal static partial class ObservationLog
{
    [LoggerMessage(3000, LogLevel.Information, "Observing room {RoomId} of account {Account}")]
    public static partial void Observing(this ILogger logger, string roomId, string account);

    [LoggerMessage(3001, LogLevel.Warning, "Room {RoomId} interrupted ({Reason}): {Detail}")]
    public static partial void Interrupted(this ILogger logger, string roomId, InterruptionReason reason, string? detail);

    [LoggerMessage(3002, LogLevel.Information, "Room {RoomId} observed again after {Gap}")]
    public static partial void Resumed(this ILogger logger, string roomId, TimeSpan gap);

    [LoggerMessage(3003, LogLevel.Information, "Observation of room {RoomId} ended: {Reason}")]
    public static partial void Ended(this ILogger logger, string roomId, ObservationEndReason reason);

    [LoggerMessage(3004, LogLevel.Warning, "Room {RoomId} of account {Account} cannot be observed ({Reason}): {Message}")]
    public static partial void Rejected(this ILogger logger, string roomId, string account, ObservationRejectionReason reason, string message);

    [LoggerMessage(3005, LogLevel.Debug, "Room {RoomId} is tried again in {Delay}: {Detail}")]
    public static partial void TryingAgain(this ILogger logger, string roomId, TimeSpan delay, string? detail);

    [LoggerMessage(3006, LogLevel.Information, "Room {RoomId} is not running yet; waiting until {WaitUntil:O}")]
    public static partial void WaitingForRoom(this ILogger logger, string roomId, DateTimeOffset? waitUntil);

    [LoggerMessage(3007, LogLevel.Warning, "Room {RoomId} is another replica's by now; letting go")]
    public static partial void LeaseLost(this ILogger logger, string roomId);

    [LoggerMessage(3008, LogLevel.Error, "The observer of room {RoomId} failed; it is started again")]
    public static partial void ObserverFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(3009, LogLevel.Error, "The supervisor failed in a round; it goes on with the next one")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(3011, LogLevel.Information, "Let go of {Count} rooms; the next start goes on with them")]
    public static partial void LetGo(this ILogger logger, int count);

    [LoggerMessage(3014, LogLevel.Information, "Asked what room {RoomId} did in the gap: {Count} events")]
    public static partial void GapFilled(this ILogger logger, string roomId, int count);

    [LoggerMessage(3015, LogLevel.Warning, "What room {RoomId} did in the gap could not be asked ({Problem}); it is asked again")]
    public static partial void GapNotFilled(this ILogger logger, string roomId, string problem);

    [LoggerMessage(3016, LogLevel.Warning, "Recording {RecordingId} of room {RoomId} did not become ready in 24 hours; it is followed no longer")]
    public static partial void RecordingGivenUp(this ILogger logger, string roomId, string recordingId);

    [LoggerMessage(3017, LogLevel.Warning, "What room {RoomId} did in the gap before its end could not be asked for 24 hours; it is asked no longer")]
    public static partial void GapGivenUp(this ILogger logger, string roomId);

    [LoggerMessage(3018, LogLevel.Error, "Asking REST for room {RoomId} failed; it is tried again")]
    public static partial void AftermathFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(3019, LogLevel.Debug, "Room {RoomId}: a frame that is not for this channel, or of a type that the protocol does not have, was discarded")]
    public static partial void FrameDiscarded(this ILogger logger, string roomId);

    [LoggerMessage(3020, LogLevel.Warning, "Room {RoomId} is held, but nobody observes it; it is claimed again")]
    public static partial void ReleasedUnobserved(this ILogger logger, string roomId);
}
