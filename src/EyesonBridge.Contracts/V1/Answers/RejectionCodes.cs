namespace EyesonBridge.Contracts.V1;

/// <summary>The values of <see cref="CommandRejected.Code"/>. Values can be added.</summary>
public static class RejectionCodes
{
    /// <summary>The room id is empty, too long, or contains white space or control characters.</summary>
    public const string InvalidRoomId = "invalidRoomId";

    /// <summary>No account of that name is configured.</summary>
    public const string UnknownAccount = "unknownAccount";

    /// <summary>The room is already being observed with the key of another account.</summary>
    public const string AccountConflict = "accountConflict";

    /// <summary>The time to wait until is in the past.</summary>
    public const string InvalidWaitUntil = "invalidWaitUntil";

    /// <summary>The room is not running; to <see cref="ObserveRoom.Confirm"/>.</summary>
    public const string RoomNotRunning = "roomNotRunning";

    /// <summary>Eyeson rejects the API key of the account; to <see cref="ObserveRoom.Confirm"/>.</summary>
    public const string InvalidApiKey = "invalidApiKey";

    /// <summary>The token is empty or malformed.</summary>
    public const string InvalidToken = "invalidToken";

    /// <summary>The name of the guest is missing.</summary>
    public const string InvalidName = "invalidName";

    /// <summary>Eyeson does not know the token (404).</summary>
    public const string UnknownToken = "unknownToken";

    /// <summary>The meeting has not started yet.</summary>
    public const string NotStarted = "notStarted";

    /// <summary>The meeting is locked (423).</summary>
    public const string Locked = "locked";

    /// <summary>The meeting is over (410).</summary>
    public const string MeetingOver = "meetingOver";

    /// <summary>The permalink has expired.</summary>
    public const string Expired = "expired";

    /// <summary>The command is answered with an access key, but was not sent as a request.</summary>
    public const string NotARequest = "notARequest";

    /// <summary>Eyeson gave no usable answer; it is unknown whether the command took effect there. Try again later.</summary>
    public const string EyesonUnavailable = "eyesonUnavailable";
}
