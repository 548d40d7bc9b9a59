namespace EyesonBridge.Contracts.V1;

/// <summary>A live stream of the meeting to an external platform.</summary>
public sealed record Broadcast
{
    /// <summary>Id of the broadcast (wire: <c>id</c>).</summary>
    public required string Id { get; init; }

    /// <summary>Platform streamed to, such as <c>generic</c> or <c>youtube</c> (wire: <c>platform</c>).</summary>
    public string? Platform { get; init; }

    /// <summary>Where the stream can be watched (wire: <c>player_url</c>).</summary>
    public string? PlayerUrl { get; init; }

    /// <summary>Who started it (wire: <c>user</c>).</summary>
    public MeetingUser? StartedBy { get; init; }
}
