namespace EyesonBridge.Eyeson.Rest;

/// <summary>
/// Permalinks and guests with nothing but a token, and without any API key. What the network or the server does never
/// throws: it is a <see cref="RestResult{T}"/>. Only the caller's own cancellation throws.
/// </summary>
/// <remarks>
/// The tokens are secret, and they are part of the path. No result and no exception has them, but what is wrapped around
/// the <see cref="HttpClient"/> can: the logging of <c>IHttpClientFactory</c> writes paths at the level Information
/// (<c>RemoveAllLoggers()</c> ends that), and so do traces of outgoing requests (a <see cref="SocketsHttpHandler"/> with
/// <see cref="SocketsHttpHandler.ActivityHeadersPropagator"/> set to null makes none).
/// </remarks>
public sealed class EyesonPermalinkClient
{
    private static readonly Func<byte[], PermalinkMeeting?> ReadMeeting =
        RestBody.Reader(RestJson.Default.PermalinkMeeting, static meeting => meeting.IsWhole());

    private static readonly Func<byte[], MeetingAccess?> ReadAccess =
        RestBody.Reader(RestJson.Default.MeetingAccess, static access => access.AccessKey.Length > 0 || access.Locked == true);

    private readonly RestTransport _transport;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Sends the requests.</param>
    /// <param name="url">The base address, such as <c>https://api.eyeson.team</c>; ws(s) becomes http(s).</param>
    /// <param name="timeout">As <see cref="EyesonRestOptions.Timeout"/>; null takes 10 s.</param>
    /// <param name="clock">The clock; null uses the system's.</param>
    /// <param name="retries">As <see cref="EyesonRestOptions.Retries"/>.</param>
    /// <exception cref="ArgumentException">The URL is not an http(s) or ws(s) one, or a limit is not valid.</exception>
    public EyesonPermalinkClient(HttpClient http, Uri url, TimeSpan? timeout = null, TimeProvider? clock = null, int retries = 2)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(url);
        var limit = timeout ?? TimeSpan.FromSeconds(10);
        if (RestEndpoint.Problem(url, limit, retries) is { } problem)
            throw new ArgumentException(problem, nameof(url));

        _transport = new RestTransport(http, new RestEndpoint(url, apiKey: null, limit, retries), clock ?? TimeProvider.System);
    }

    /// <summary>
    /// <c>GET /permalink/:token</c>: whether the meeting has been started, and until when the permalink can be used. A
    /// permalink that has expired is answered as well: look at <see cref="PermalinkMeeting.IsExpired"/>. Eyeson's SDK asks
    /// every 5 s until the meeting has started.
    /// </summary>
    /// <param name="token">A user token or a guest token.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<PermalinkMeeting>> GetMeetingInfoAsync(string token, CancellationToken cancellationToken) =>
        _transport.SendAsync(RestRequest.To(HttpMethod.Get, "permalink", token), ReadMeeting, cancellationToken);

    /// <summary>
    /// <c>POST /permalink/:user_token</c>: starts the meeting as host, or joins it when it runs.
    /// <see cref="RestOutcome.NotFound"/>: the token is unknown, or a guest's. <see cref="RestOutcome.Gone"/>: the permalink
    /// has expired (unconfirmed). Not repeated; asking again joins the meeting that was started.
    /// </summary>
    /// <param name="userToken">The host's token.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<MeetingAccess>> StartMeetingAsync(string userToken, CancellationToken cancellationToken) =>
        EnterAsync(RestRequest.To(HttpMethod.Post, "permalink", userToken).With([]), cancellationToken);

    /// <summary>
    /// <c>POST /guests/:guest_token</c>: a seat for a guest in a meeting that runs. <see cref="RestOutcome.Locked"/>: the
    /// meeting is locked. <see cref="RestOutcome.NotFound"/>: the token is unknown. <see cref="RestOutcome.Gone"/>: the
    /// meeting is over. What comes of a permalink that has not been started is unconfirmed: ask
    /// <see cref="GetMeetingInfoAsync"/> first. Not repeated.
    /// </summary>
    /// <param name="guestToken">A permalink's or a room's guest token.</param>
    /// <param name="guest">Who.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Task<RestResult<MeetingAccess>> CreateGuestAsync(string guestToken, GuestRequest guest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(guest);
        ArgumentException.ThrowIfNullOrEmpty(guest.Name, nameof(guest));
        return EnterAsync(RestRequest.To(HttpMethod.Post, "guests", guestToken).With(guest.Form()), cancellationToken);
    }

    private async Task<RestResult<MeetingAccess>> EnterAsync(RestRequest request, CancellationToken cancellationToken)
    {
        var result = await _transport.SendAsync(request, ReadAccess, cancellationToken);

        // Eyeson's SDK expects 423, and also a good answer that has no key and says "locked".
        return result is { Value.AccessKey.Length: 0 } ? result with { Outcome = RestOutcome.Locked, Value = null } : result;
    }
}
