namespace EyesonBridge.Eyeson.Rest;

/// <content>The webhook of the key.</content>
public sealed partial class EyesonRestClient
{
    /// <summary>
    /// <c>GET /webhooks</c>: the webhook of this key. A key has at most one; the list is empty when there is none, whatever
    /// way of saying so the server has.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public async Task<RestResult<IReadOnlyList<Webhook>>> GetWebhookAsync(CancellationToken cancellationToken)
    {
        var read = RestBody.Reader(RestJson.Default.IReadOnlyListWebhook);
        var result = await _transport.SendAsync(
            RestRequest.To(HttpMethod.Get, "webhooks"), utf8 => utf8.Length == 0 ? [] : read(utf8), cancellationToken);
        return result.Outcome == RestOutcome.NotFound ? result with { Outcome = RestOutcome.Ok, Value = [] } : result;
    }

    /// <summary>
    /// <c>POST /webhooks</c>: has events of all meetings of this key sent to an address, signed with the key. <b>It replaces
    /// the webhook that the key has</b>: look with <see cref="GetWebhookAsync"/> first. Not repeated, but asking again does
    /// no harm.
    /// </summary>
    /// <param name="url">Where to; Eyeson delivers over https.</param>
    /// <param name="types">Which events, such as <c>room_update</c>, <c>recording_update</c>, <c>snapshot_update</c>.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or there is no type.</exception>
    public Task<RestResult<RestNothing>> RegisterWebhookAsync(
        Uri url, IReadOnlyCollection<string> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(types);
        if (!url.IsAbsoluteUri)
            throw new ArgumentException("A webhook's address must be absolute.", nameof(url));
        if (types.Count == 0)
            throw new ArgumentException("A webhook needs at least one type of event.", nameof(types));

        var form = new RestForm().Add("url", url.AbsoluteUri).Add("types", string.Join(',', types));
        var request = RestRequest.To(HttpMethod.Post, "webhooks").With(form.Fields, url.AbsoluteUri);
        return _transport.SendAsync(request, cancellationToken);
    }

    /// <summary><c>DELETE /webhooks/:id</c>: removes the webhook.</summary>
    /// <param name="id">The webhook's id.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<RestNothing>> DeleteWebhookAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(RestRequest.To(HttpMethod.Delete, "webhooks", id), cancellationToken);
}
