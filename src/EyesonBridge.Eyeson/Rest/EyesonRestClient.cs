using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>
/// Eyeson's REST API with an API key. What the network or the server does never throws: it is a
/// <see cref="RestResult{T}"/>. Only the caller's own cancellation throws.
/// </summary>
public sealed partial class EyesonRestClient
{
    /// <summary>Entries a page, as Eyeson documents it; a shorter page is the last.</summary>
    private const int PageSize = 25;

    private const int MaxPages = 100; // no server keeps us for ever
    private const int MaxPagesOfRooms = 1_000; // a list that is cut would tell of meetings that are over
    private const long MaxBytesOfPages = 32 * 1024 * 1024;
    private static readonly TimeSpan PagesWithin = TimeSpan.FromMinutes(1);

    private readonly RestTransport _transport;
    private readonly TimeProvider _clock;

    /// <summary>Creates a client.</summary>
    /// <param name="http">
    /// Sends the requests. Should it log headers (those of <c>IHttpClientFactory</c> do at the level Trace), tell it to hide
    /// <c>Authorization</c>. <see cref="RemovePermalinkUserAsync"/> has a token in its path: see <see cref="EyesonPermalinkClient"/>.
    /// </param>
    /// <param name="options">Where Eyeson is and who asks.</param>
    /// <param name="clock">The clock; null uses the system's.</param>
    /// <exception cref="ArgumentException">
    /// The key cannot be sent in a header, the URL is not an http(s) or ws(s) one, or a limit is not valid.
    /// </exception>
    public EyesonRestClient(HttpClient http, EyesonRestOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (CableAuthorizationRules.Problem(CableAuthorization.Header, options.ApiKey) is { } problem)
            throw new ArgumentException(problem, nameof(options));
        if (RestEndpoint.Problem(options.Url, options.Timeout, options.Retries) is { } wrong)
            throw new ArgumentException(wrong, nameof(options));

        var endpoint = new RestEndpoint(options.Url, options.ApiKey, options.Timeout, options.Retries);
        _clock = clock ?? TimeProvider.System;
        _transport = new RestTransport(http, endpoint, _clock);
    }

    /// <summary>
    /// <c>GET /rooms</c>: the meetings that are running now and were started with this key. It tells an invalid key
    /// from a room that is not running, which the observer socket does not. Unconfirmed: whether the list has pages; further
    /// ones are asked for until one is short or tells nothing new.
    /// </summary>
    public Task<RestResult<IReadOnlyList<RunningRoom>>> GetRoomsAsync(CancellationToken cancellationToken) =>
        GetPagesAsync(
            static page => page == 1 ? "rooms" : string.Create(CultureInfo.InvariantCulture, $"rooms?page={page}"),
            static room => room.Id,
            RestJson.Default.IReadOnlyListRunningRoom,
            cancellationToken,
            isWholeOrNothing: true);

    /// <summary>
    /// <c>GET /recordings/:id</c>: a recording, also after its meeting. Its download link is null until the file is ready,
    /// and expires after an hour; each call gives a new one.
    /// </summary>
    /// <param name="id">The recording's id.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<Recording>> GetRecordingAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id is "." or "..") // would be another address, escaped or not
            return Task.FromResult(new RestResult<Recording> { Outcome = RestOutcome.NotFound });

        return _transport.GetAsync($"recordings/{Uri.EscapeDataString(id)}", RestJson.Default.Recording, cancellationToken);
    }

    /// <summary>
    /// <c>GET /rooms/:room_id/recordings</c>: the recordings of a room, over all its meetings, page after page until
    /// one is short or tells nothing new. Unconfirmed: in which order they come, and whether <c>since</c> means their
    /// start.
    /// </summary>
    /// <param name="roomId">The room's id.</param>
    /// <param name="since">Only those since then; null takes all.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<IReadOnlyList<Recording>>> GetRoomRecordingsAsync(
        string roomId, DateTimeOffset? since, CancellationToken cancellationToken) =>
        GetPagesOfRoomAsync(roomId, "recordings", since, static recording => recording.Id, RestJson.Default.IReadOnlyListRecording, cancellationToken);

    /// <summary><c>GET /rooms/:room_id/snapshots</c>: the snapshots of a room, as <see cref="GetRoomRecordingsAsync"/> its recordings.</summary>
    /// <param name="roomId">The room's id.</param>
    /// <param name="since">Only those since then; null takes all.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<IReadOnlyList<Snapshot>>> GetRoomSnapshotsAsync(
        string roomId, DateTimeOffset? since, CancellationToken cancellationToken) =>
        GetPagesOfRoomAsync(roomId, "snapshots", since, static snapshot => snapshot.Id, RestJson.Default.IReadOnlyListSnapshot, cancellationToken);

    private async Task<RestResult<IReadOnlyList<T>>> GetPagesOfRoomAsync<T>(
        string roomId, string what, DateTimeOffset? since, Func<T, string?> idOf, JsonTypeInfo<IReadOnlyList<T>> typeInfo, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        if (roomId is "." or "..")
            return new RestResult<IReadOnlyList<T>> { Outcome = RestOutcome.NotFound };

        var path = $"rooms/{Uri.EscapeDataString(roomId)}/{what}";
        var query = since is { } from ? string.Create(CultureInfo.InvariantCulture, $"&since={from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}") : "";
        return await GetPagesAsync(
            page => string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}{query}"), idOf, typeInfo, cancellationToken);
    }

    private async Task<RestResult<IReadOnlyList<T>>> GetPagesAsync<T>(
        Func<int, string> pathOf, Func<T, string?> idOf, JsonTypeInfo<IReadOnlyList<T>> typeInfo, CancellationToken cancellationToken, bool isWholeOrNothing = false)
    {
        var all = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var begun = _clock.GetTimestamp();
        var bytes = 0L;
        for (var page = 1; ; page++)
        {
            var result = await _transport.GetAsync(pathOf(page), typeInfo, cancellationToken);
            if (!result.IsOk)
                return result;

            // Entries move on to the next page when new ones come; and a server that ignores the page repeats all of them.
            var count = all.Count;
            all.AddRange(result.Value.Where(entry => idOf(entry) is not { } id || seen.Add(id)));
            if (all.Count == count || seen.Count == 0 || result.Value.Count < PageSize || (page == MaxPages && !isWholeOrNothing))
                return result with { Value = all };
            if ((bytes += result.BodyBytes) > MaxBytesOfPages || _clock.GetElapsedTime(begun) > PagesWithin)
                return result with { Outcome = RestOutcome.Unreadable, Value = null, Reason = "The list does not end." };
            if (page == MaxPagesOfRooms)
                return result with { Outcome = RestOutcome.Unreadable, Value = null, Reason = $"The list has more than {all.Count} entries." };
        }
    }
}
