namespace EyesonBridge.Eyeson.Rest;

/// <summary>What became of a call.</summary>
public enum RestOutcome
{
    /// <summary>Done; there is a value.</summary>
    Ok,

    /// <summary>401 or 403: the API key is not accepted.</summary>
    KeyRefused,

    /// <summary>404: there is no such thing, at least not for this key.</summary>
    NotFound,

    /// <summary>429: too many calls. Eyeson's limits are not documented.</summary>
    TooManyRequests,

    /// <summary>500 and above.</summary>
    ServerError,

    /// <summary>Any other status than the ones above and 2xx.</summary>
    UnexpectedStatus,

    /// <summary>No answer: name, TCP, TLS, a broken connection, or the time-out.</summary>
    Unreachable,

    /// <summary>An answer with a good status that is not the expected JSON, or larger than 16 MiB.</summary>
    Unreadable,
}
