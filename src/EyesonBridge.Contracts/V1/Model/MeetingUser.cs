namespace EyesonBridge.Contracts.V1;

/// <summary>The user who caused something, as Eyeson describes them beside it.</summary>
public sealed record MeetingUser
{
    /// <summary>Id of the user as the integrator gave it (wire: <c>user.id</c>).</summary>
    public required string Id { get; init; }

    /// <summary>Display name (wire: <c>user.name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>URL of the avatar picture (wire: <c>user.avatar</c>).</summary>
    public string? Avatar { get; init; }

    /// <summary>True for somebody who joined through a guest link (wire: <c>user.guest</c>).</summary>
    public required bool IsGuest { get; init; }

    /// <summary>When the user joined the meeting, UTC (wire: <c>user.joined_at</c>).</summary>
    public DateTimeOffset? JoinedAt { get; init; }
}
