namespace EyesonBridge.Eyeson.Rest;

/// <content>Permalinks: creating and changing them. Using one needs no key: <see cref="EyesonPermalinkClient"/>.</content>
public sealed partial class EyesonRestClient
{
    private static readonly Func<byte[], PermalinkMeeting?> ReadPermalink =
        RestBody.Reader(RestJson.Default.PermalinkMeeting, static meeting => meeting.IsWhole());

    /// <summary>
    /// <c>POST /permalink</c>: creates a permalink. The answer contains the host's <see cref="Permalink.UserToken"/> and the
    /// <see cref="Permalink.GuestToken"/>. Not repeated: after <see cref="RestOutcome.Unreachable"/> or
    /// <see cref="RestOutcome.ServerError"/> it may exist all the same; <see cref="GetPermalinksAsync"/> shows it.
    /// </summary>
    /// <param name="permalink">What to create; its user is required.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<PermalinkMeeting>> CreatePermalinkAsync(PermalinkRequest permalink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permalink);
        return _transport.SendAsync(
            RestRequest.To(HttpMethod.Post, "permalink").With(permalink.Form()), ReadPermalink, cancellationToken);
    }

    /// <summary><c>GET /permalink</c>: the permalinks of this key, a page at a time.</summary>
    /// <param name="query">Which; null takes the first page of all.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<PermalinkPage>> GetPermalinksAsync(PermalinkQuery? query, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            RestRequest.To(HttpMethod.Get, "permalink").With(query?.Text() ?? ""), PermalinkPage.Read, cancellationToken);

    /// <summary><c>GET /permalink/:id</c> with the key: one permalink.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<PermalinkMeeting>> GetPermalinkAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(RestRequest.To(HttpMethod.Get, "permalink", id), ReadPermalink, cancellationToken);

    /// <summary><c>PUT /permalink/:id</c>: changes what is given.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="permalink">What to change.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<PermalinkMeeting>> UpdatePermalinkAsync(
        string id, PermalinkRequest permalink, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permalink);
        return _transport.SendAsync(
            RestRequest.To(HttpMethod.Put, "permalink", id).With(permalink.Form()), ReadPermalink, cancellationToken);
    }

    /// <summary><c>DELETE /permalink/:id</c>: the permalink and all its tokens become invalid.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<RestNothing>> DeletePermalinkAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(RestRequest.To(HttpMethod.Delete, "permalink", id), cancellationToken);

    /// <summary>
    /// <c>POST /permalink/:id/users</c>: one more host. The answer contains that host's <see cref="Permalink.UserToken"/>. Not
    /// repeated, as <see cref="CreatePermalinkAsync"/>.
    /// </summary>
    /// <param name="id">The permalink's id.</param>
    /// <param name="user">Who.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<PermalinkMeeting>> AddPermalinkUserAsync(
        string id, PermalinkUserRequest user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var form = new RestForm();
        user.AddTo(form);
        return _transport.SendAsync(
            RestRequest.To(HttpMethod.Post, "permalink", id, "users").With(form.Fields), ReadPermalink, cancellationToken);
    }

    /// <summary><c>DELETE /permalink/:id/users/:user_token</c>: that host's token becomes invalid.</summary>
    /// <param name="id">The permalink's id.</param>
    /// <param name="userToken">The host's token.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<RestNothing>> RemovePermalinkUserAsync(string id, string userToken, CancellationToken cancellationToken) =>
        _transport.SendAsync(RestRequest.To(HttpMethod.Delete, "permalink", id, "users", userToken), cancellationToken);
}
