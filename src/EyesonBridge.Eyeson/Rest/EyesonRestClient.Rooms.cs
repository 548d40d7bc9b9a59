using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Rest;

/// <content>Single rooms, and single snapshots.</content>
public sealed partial class EyesonRestClient
{
    /// <summary>
    /// <c>GET /rooms/:room_id/users</c>: who is, or was, in the running meeting of a room. Unconfirmed: whether the list has
    /// pages, what false for <paramref name="online"/> gives, and what comes of a meeting that is over.
    /// </summary>
    /// <param name="roomId">The room's id.</param>
    /// <param name="online">True for those who are there now, false for those who are not, null for all.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<IReadOnlyList<User>>> GetRoomUsersAsync(string roomId, bool? online, CancellationToken cancellationToken)
    {
        var request = RestRequest.To(HttpMethod.Get, "rooms", roomId, "users")
            .With(online is null ? "" : online.Value ? "online=true" : "online=false");
        return _transport.SendAsync(request, RestBody.Reader(RestJson.Default.IReadOnlyListUser), cancellationToken);
    }

    /// <summary>
    /// <c>DELETE /rooms/:room_id</c>: ends the running meeting of a room for everybody. What runs again afterwards is another
    /// meeting.
    /// </summary>
    /// <param name="roomId">The room's id.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<RestNothing>> ShutdownRoomAsync(string roomId, CancellationToken cancellationToken) =>
        _transport.SendAsync(RestRequest.To(HttpMethod.Delete, "rooms", roomId), cancellationToken);

    /// <summary><c>GET /snapshots/:id</c>: a snapshot, also after its meeting. Each call gives a new download link.</summary>
    /// <param name="id">The snapshot's id.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    public Task<RestResult<Snapshot>> GetSnapshotAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            RestRequest.To(HttpMethod.Get, "snapshots", id), RestBody.Reader(RestJson.Default.Snapshot), cancellationToken);
}
