namespace EyesonBridge.Simulator;

/// <summary>A permalink. Its room keeps its id over all meetings. All members may be called from any thread.</summary>
public sealed class SimulatedPermalink
{
    private readonly Lock _gate = new();
    private readonly EyesonSimulator _simulator;
    private readonly PermalinkIndex _index;
    private readonly OrderedDictionary<string, SimulatedUser> _users = new(StringComparer.Ordinal);

    internal SimulatedPermalink(EyesonSimulator simulator, PermalinkIndex index, string roomId, string name, string apiKey)
    {
        _index = index;
        _simulator = simulator;
        RoomId = roomId;
        Name = name;
        ApiKey = apiKey;
        CreatedAt = simulator.Options.TimeProvider.GetUtcNow();
    }

    /// <summary>Its id, for calls with the API key.</summary>
    public string Id { get; } = SimulatedRoom.NewId();

    /// <summary>The id of its room.</summary>
    public string RoomId { get; }

    /// <summary>The name of its room.</summary>
    public string Name { get; internal set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Until when it can be used; null is for ever.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Lets guests in once the meeting runs.</summary>
    public string GuestToken { get; } = SimulatedRoom.NewToken();

    /// <summary>The token of the first host.</summary>
    /// <exception cref="InvalidOperationException">All hosts have been removed.</exception>
    public string UserToken => UserTokens is [var first, ..] ? first : throw new InvalidOperationException("The permalink has no host.");

    /// <summary>The tokens of all hosts, in the order in which they were added.</summary>
    public IReadOnlyList<string> UserTokens
    {
        get
        {
            lock (_gate)
                return [.. _users.Keys];
        }
    }

    /// <summary>The meeting that runs; null when none does.</summary>
    public SimulatedRoom? Room => _simulator.FindRoom(RoomId) is { Ended: false } room ? room : null;

    /// <summary>Whether it can no longer be used.</summary>
    public bool IsExpired => ExpiresAt < _simulator.Options.TimeProvider.GetUtcNow();

    internal string ApiKey { get; }

    /// <summary>Adds a host.</summary>
    /// <returns>The host's token.</returns>
    public string AddUser(SimulatedUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var token = SimulatedRoom.NewToken();
        lock (_gate)
            _users[token] = user;
        _index.Name(token, this);
        return token;
    }

    /// <summary>Takes a host's token back.</summary>
    /// <returns>False when there was none.</returns>
    public bool RemoveUser(string userToken)
    {
        lock (_gate)
        {
            if (!_users.Remove(userToken))
                return false;
        }

        _index.Forget(userToken);
        return true;
    }

    /// <summary>A host starts the meeting, or joins the one that runs.</summary>
    /// <exception cref="InvalidOperationException">The permalink has expired.</exception>
    public SimulatedRoom Start()
    {
        if (IsExpired)
            throw new InvalidOperationException("The permalink has expired.");
        lock (_gate)
            return Room ?? _simulator.StartRoom(this);
    }

    /// <summary>The meeting ends; the permalink waits for the next one.</summary>
    /// <exception cref="InvalidOperationException">None is running.</exception>
    public void End() => (Room ?? throw new InvalidOperationException("The permalink's meeting is not running.")).Shutdown();

    /// <summary>The permalink has expired a second ago. A meeting that runs goes on.</summary>
    public void Expire() => ExpiresAt = _simulator.Options.TimeProvider.GetUtcNow().AddSeconds(-1);

    internal SimulatedUser? FindUser(string userToken)
    {
        lock (_gate)
            return _users.GetValueOrDefault(userToken);
    }
}
