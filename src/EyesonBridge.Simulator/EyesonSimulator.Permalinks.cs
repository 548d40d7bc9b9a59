namespace EyesonBridge.Simulator;

/// <content>Permalinks: links that stay while their meetings come and go.</content>
public sealed partial class EyesonSimulator
{
    private readonly PermalinkIndex _permalinks = new();

    /// <summary>All permalinks but those that were deleted, the oldest first.</summary>
    public IReadOnlyList<SimulatedPermalink> Permalinks => _permalinks.All;

    /// <summary>Makes a permalink. Its meeting does not run yet.</summary>
    /// <param name="name">The name of its room; "Permalink" when null.</param>
    /// <param name="expiresAt">Until when it can be used; for ever when null.</param>
    /// <param name="host">The first host; one named "Host" when null.</param>
    /// <param name="roomId">The id of its room, for all its meetings; a new one when null.</param>
    /// <param name="apiKey">The key it belongs to; the first of the accepted ones when null.</param>
    public SimulatedPermalink CreatePermalink(
        string? name = null, DateTimeOffset? expiresAt = null, SimulatedUser? host = null, string? roomId = null, string? apiKey = null)
    {
        var permalink = new SimulatedPermalink(
            this, _permalinks, roomId ?? SimulatedRoom.NewId(), name ?? "Permalink", apiKey ?? Options.ApiKeys[0])
        {
            ExpiresAt = expiresAt,
        };
        permalink.AddUser(host ?? new SimulatedUser("host@example.com", "Host"));
        _permalinks.Add(permalink);
        return permalink;
    }

    /// <summary>Starts the meeting of a permalink as its host, or joins the one that runs.</summary>
    /// <exception cref="KeyNotFoundException">There is no such token.</exception>
    /// <exception cref="InvalidOperationException">The permalink has expired.</exception>
    public SimulatedRoom StartPermalink(string userToken) =>
        FindPermalink(userToken) is { } permalink && permalink.FindUser(userToken) is not null
            ? permalink.Start()
            : throw new KeyNotFoundException("There is no permalink with this user token.");

    /// <summary>The permalink with this id, user token or guest token; null when there is none.</summary>
    public SimulatedPermalink? FindPermalink(string idOrToken) => _permalinks.Find(idOrToken);

    /// <summary>Deletes a permalink with all its tokens. A meeting that runs goes on.</summary>
    /// <returns>False when there was none.</returns>
    public bool DeletePermalink(string id) => _permalinks.Remove(id);

    internal SimulatedRoom StartRoom(SimulatedPermalink permalink) => Add(new SimulatedRoom(
        this, permalink.RoomId, permalink.Name, Options.TimeProvider.GetUtcNow(), permalink.ApiKey, permalink.GuestToken));
}
