namespace EyesonBridge.Eyeson.Observer;

/// <summary>A person in a meeting, or one who did something there.</summary>
public sealed record User
{
    /// <summary>The user's id, as the application that created the user gave it (often an e-mail address).</summary>
    public string? Id { get; init; }

    /// <summary>The room the user is in; only in <c>participant_update</c> and REST.</summary>
    public string? RoomId { get; init; }

    /// <summary>The name shown to others.</summary>
    public string? Name { get; init; }

    /// <summary>The address of a picture.</summary>
    public string? Avatar { get; init; }

    /// <summary>True for someone who came with the guest link.</summary>
    public bool? Guest { get; init; }

    /// <summary>True while in the meeting; only in <c>participant_update</c> and REST.</summary>
    public bool? Online { get; init; }

    /// <summary>When the user joined (UTC); only where the user is part of another thing.</summary>
    public DateTimeOffset? JoinedAt { get; init; }
}
