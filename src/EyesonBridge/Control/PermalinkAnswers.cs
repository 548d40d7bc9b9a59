using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;

namespace EyesonBridge.Control;

/// <summary>What a rejection by Eyeson means to the sender of a command about a permalink.</summary>
internal static class PermalinkAnswers
{
    public static CommandRejected Rejection(RestOutcome outcome) => outcome switch
    {
        RestOutcome.NotFound or RestOutcome.KeyRefused => Reject(RejectionCodes.UnknownToken, "Eyeson does not know this token. Check the token, and that the permalink has not been deleted."),
        RestOutcome.Gone => Reject(RejectionCodes.MeetingOver, "The meeting is over."),
        RestOutcome.Locked => Reject(RejectionCodes.Locked, "The meeting is locked: a participant must unlock it first."),
        RestOutcome.Invalid => Reject(RejectionCodes.InvalidToken, "Eyeson rejected the request as invalid. Check the token and the name."),
        _ => Reject(RejectionCodes.EyesonUnavailable, $"Eyeson gave no usable answer ({outcome}). Try again later."),
    };

    public static CommandRejected Expired(DateTimeOffset? at) =>
        Reject(RejectionCodes.Expired, at is { } expired ? $"The permalink expired at {expired.UtcDateTime:O}." : "The permalink has expired.");

    public static CommandRejected NotStarted() =>
        Reject(RejectionCodes.NotStarted, "The meeting has not started: its host must start it first.");

    /// <summary>Null when the token can be one, otherwise what to answer.</summary>
    public static CommandRejected? CheckToken(string? token, string property) =>
        token is { Length: > 0 and <= 512 } && !token.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
            ? null
            : Reject(RejectionCodes.InvalidToken, $"{property} is missing, too long, or contains white space.");

    /// <summary>Null when the room of a permalink can be observed, otherwise what to answer.</summary>
    public static CommandRejected? CheckRoom(string roomId) => RoomIds.Problem(roomId) is { } problem
        ? Reject(RejectionCodes.InvalidRoomId, $"The room of this permalink cannot be observed: its id {problem}.")
        : null;

    /// <summary>Nobody would receive the access key.</summary>
    public static CommandRejected NoRequest() =>
        Reject(RejectionCodes.NotARequest, "This command is answered with an access key, so it must be sent as a request, with a response address.");

    private static CommandRejected Reject(string code, string message) => new() { Code = code, Message = message };
}
