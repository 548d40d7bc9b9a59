namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Opens observer connections. One client serves any number of rooms: they share its transport and its one timer.
/// </summary>
public sealed class CableClient : IDisposable
{
    private readonly CableOptions _options;
    private readonly TimeProvider _clock;
    private readonly CableWatchdog _watchdog;
    private readonly ICableTransport _transport;

    /// <summary>Creates a client; it does nothing before <see cref="Connect"/>.</summary>
    /// <param name="options">Timeouts and limits of connections; null uses the defaults.</param>
    /// <param name="clock">The clock; null uses the system's.</param>
    public CableClient(CableOptions? options = null, TimeProvider? clock = null)
        : this(options ?? new CableOptions(), clock ?? TimeProvider.System, new ClientWebSocketTransport(options?.ServerCertificateCheck, readInline: options?.ReadInline ?? false))
    {
    }

    /// <summary>As the other, over another transport, which is disposed of with the client.</summary>
    internal CableClient(CableOptions options, TimeProvider clock, ICableTransport transport)
    {
        _options = options;
        _clock = clock;
        _transport = transport;
        _watchdog = new CableWatchdog(clock);
    }

    /// <summary>How many connections run now.</summary>
    public int Connections => _watchdog.Connections;

    /// <summary>
    /// For how long the quietest of the subscribed connections has received nothing, not even a ping; zero when there is none.
    /// Iterates over all connections: meant for occasional measurements.
    /// </summary>
    public TimeSpan LongestSilence => _watchdog.LongestSilence;

    /// <summary>Prepares a connection to a room. Nothing is sent before <see cref="CableConnection.RunAsync"/>.</summary>
    /// <exception cref="ArgumentException">
    /// The key cannot be sent in the chosen way (see <see cref="CableAuthorizationRules"/>), the room's id is empty, or the
    /// URL is not an absolute http(s) or ws(s) one.
    /// </exception>
    public CableConnection Connect(CableTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (CableAuthorizationRules.Problem(target.Authorization, target.ApiKey) is { } problem)
            throw new ArgumentException(problem, nameof(target));
        if (string.IsNullOrEmpty(target.RoomId))
            throw new ArgumentException("The room's id is empty.", nameof(target));
        if (!target.Url.IsAbsoluteUri || target.Url.Scheme is not ("https" or "http" or "wss" or "ws"))
            throw new ArgumentException("Eyeson's address must begin with https, http, wss or ws.", nameof(target));

        return new CableConnection(target, _options, _clock, _transport, _watchdog);
    }

    /// <summary>Ends all connections at once, with <see cref="CableEndingKind.Stopped"/>. To close them properly, cancel their runs first.</summary>
    public void Dispose()
    {
        _watchdog.Dispose();
        _transport.Dispose();
    }
}
