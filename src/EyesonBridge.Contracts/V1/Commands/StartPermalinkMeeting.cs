namespace EyesonBridge.Contracts.V1;

/// <summary>Starts or joins the meeting of a permalink as its host.</summary>
/// <remarks>Answered by <see cref="PermalinkMeetingReady"/> or <see cref="CommandRejected"/>. Send it as a request: nobody else receives the access key.</remarks>
public sealed record StartPermalinkMeeting
{
    /// <summary>The host's token. A secret.</summary>
    public required string UserToken { get; init; }

    /// <summary>True to observe the room as well.</summary>
    public bool? Observe { get; init; }

    /// <summary>Name of the configured account whose API key owns the permalink, for observing; <c>default</c> if omitted.</summary>
    public string? Account { get; init; }
}
