using System.Text;

namespace EyesonBridge.Storage;

/// <summary>A permalink to watch, as the store knows it.</summary>
internal sealed record PermalinkRow
{
    /// <summary>User or guest token. Secret: <see cref="ToString"/> leaves it out.</summary>
    public required string Token { get; init; }

    public required string Account { get; init; }

    /// <summary>True to wait for the next meeting when one ends.</summary>
    public required bool IsRecurring { get; init; }

    public required PermalinkStatus Status { get; init; }

    /// <summary>Null until Eyeson has said it.</summary>
    public string? PermalinkId { get; init; }

    /// <summary>Null until Eyeson has said it.</summary>
    public string? RoomId { get; init; }

    /// <summary>Start of the last meeting that was told of.</summary>
    public DateTimeOffset? MeetingStartedAt { get; init; }

    /// <summary>
    /// True while the room of the meeting that was told of is still to be registered: another account's observation was in
    /// the way, or its own was rejected and the permalink registered again.
    /// </summary>
    public bool IsToRegister { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"PermalinkId = {PermalinkId}, RoomId = {RoomId}, Account = {Account}, Status = {Status}");
        return true;
    }
}
