namespace EyesonBridge.Eyeson.Rest;

/// <summary>The outcome of a call, and what to do about it.</summary>
public enum RestOutcome
{
    /// <summary>Any 2xx: done; there is a value.</summary>
    Ok,

    /// <summary>
    /// 401 or 403: the API key, or the token, is not accepted. Asking again does not help; have the key corrected.
    /// </summary>
    KeyRefused,

    /// <summary>
    /// 404: not found, at least with this key. For a permalink or guest token: it is unknown, or was
    /// revoked. Asking again does not help.
    /// </summary>
    NotFound,

    /// <summary>
    /// 410: it existed, but is over: a guest's meeting has ended, or a permalink has expired. Wait for the
    /// next meeting (<see cref="EyesonPermalinkClient.GetMeetingInfoAsync"/>), or have the permalink prolonged.
    /// </summary>
    Gone,

    /// <summary>423: the meeting is locked, so nobody can join. Try again once it has been unlocked.</summary>
    Locked,

    /// <summary>
    /// 400 or 422: Eyeson does not accept what was asked; <see cref="RestResult{T}.Reason"/> says what is wrong when the
    /// answer does. Correct the request; the same one will fail again.
    /// </summary>
    Invalid,

    /// <summary>
    /// 429: too many calls. Wait for <see cref="RestResult{T}.RetryAfter"/>, or longer each time. Eyeson's limits are not
    /// documented.
    /// </summary>
    TooManyRequests,

    /// <summary>500 and above. Ask again later; whether a POST took effect is unknown.</summary>
    ServerError,

    /// <summary>Any other status than the ones above: most likely the address is not Eyeson's.</summary>
    UnexpectedStatus,

    /// <summary>
    /// No answer: name resolution, TCP, TLS, a broken connection, or the timeout. Ask again later; whether a POST took effect is
    /// unknown.
    /// </summary>
    Unreachable,

    /// <summary>
    /// An answer with a good status that is not the expected JSON, or larger than 16 MiB, or a list of many pages that does not end
    /// (32 MiB, a minute, 25,000 rooms): most likely the address is not Eyeson's.
    /// </summary>
    Unreadable,
}
