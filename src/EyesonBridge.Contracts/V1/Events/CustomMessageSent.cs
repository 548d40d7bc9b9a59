namespace EyesonBridge.Contracts.V1;

/// <summary>An application sent a custom message through the messages endpoint.</summary>
/// <remarks>From <c>custom</c>. OccurredAt is <c>created_at</c>. One that was sent during a gap is lost, unless the server keeps a history.</remarks>
public sealed record CustomMessageSent : RoomEvent, IMeetingEvent
{
    /// <summary>The text (wire: <c>custom.content</c>).</summary>
    public required string Content { get; init; }

    /// <summary>Id of the user who sent it (wire: <c>user_id</c>).</summary>
    public string? UserId { get; init; }

    /// <summary>Id of the client it was sent from (wire: <c>cid</c>).</summary>
    public string? ClientId { get; init; }
}
