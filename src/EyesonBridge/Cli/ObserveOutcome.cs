using System.Text.Json.Serialization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary>What became of the wish to observe a room.</summary>
internal sealed record ObserveOutcome
{
    /// <summary>The room.</summary>
    public required string RoomId { get; init; }

    /// <summary>In a word: <c>observed</c>, <c>registered</c>, <c>alreadyRegistered</c>, <c>rejected</c> or <c>failed</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The account that it is observed with; null when it is not.</summary>
    public string? Account { get; init; }

    /// <summary>The state of its observation; null when there is none.</summary>
    public ObservationStatus? Status { get; init; }

    /// <summary>The rejection code; null when it was not rejected.</summary>
    public string? Code { get; init; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The same for people; null when nothing is wrong.</summary>
    [JsonIgnore]
    public string? Problem { get; init; }

    /// <summary>Whether the bridge said, when asked to, that it observes the room.</summary>
    [JsonIgnore]
    public bool? Confirmed { get; init; }

    /// <summary>The bridge accepted.</summary>
    public static ObserveOutcome Of(ObservationAccepted accepted) => new()
    {
        RoomId = accepted.RoomId,
        Outcome = accepted switch
        {
            { AlreadyRegistered: true } => "alreadyRegistered",
            { Confirmed: true } => "observed",
            _ => "registered",
        },
        Account = accepted.Account,
        Status = accepted.Status,
        Confirmed = accepted.Confirmed,
    };

    /// <summary>It came to nothing.</summary>
    public static ObserveOutcome Of(string roomId, CommandFailure failure) => new()
    {
        RoomId = roomId,
        Outcome = failure is RejectedFailure ? "rejected" : "failed",
        Code = (failure as RejectedFailure)?.Rejection.Code,
        Error = (failure as RejectedFailure)?.Rejection.Message ?? failure.Message,
        Problem = failure.Message,
    };

    /// <summary>As people read it.</summary>
    public string ToLine() => (Outcome, Confirmed) switch
    {
        ("alreadyRegistered", _) => $"{RoomId} was already registered ({Words.Of(Status!.Value)}).",
        ("observed", _) => $"{RoomId} is observed with account {Account}.",
        (_, false) => $"{RoomId} is registered with account {Account}, but not observed yet ({Words.Of(Status!.Value)}).",
        _ => $"{RoomId} is registered with account {Account}.",
    };
}
