using EyesonBridge.Testing.RabbitMq.Brokers;
using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>
/// A RabbitMQ broker for tests: the one that <see cref="UrlVariable"/> names, else a container when an engine answers,
/// else the distribution's package (<c>EYESONBRIDGE_TEST_BROKER</c> says otherwise: <c>given</c>, <c>container</c> or
/// <c>package</c>). A private one listens on 127.0.0.1 only, can be stopped, killed and paused, keeps data and port over
/// restarts, and is gone after <see cref="DisposeAsync"/> or when the test process ends.
/// </summary>
/// <remarks>
/// A start takes about five seconds. Tests that share a broker keep apart by
/// names of their own (<see cref="UniqueName"/>) for queues and rooms: publishing to an exchange reaches each queue
/// bound to it, so filter by room. Where that is not enough, <see cref="CreateVirtualHostAsync"/>.
/// </remarks>
public sealed class RabbitMqServer : IAsyncDisposable
{
    /// <summary>The environment variable that names a broker to use instead of a private one, as AMQP URL.</summary>
    public const string UrlVariable = "EYESONBRIDGE_TEST_RABBITMQ";

    /// <summary>Who does what these tests have done, for the broker's log.</summary>
    private const string Actor = "<<\"tests\">>";

    private bool _running = true;

    /// <summary>Where brokers come from in this process.</summary>
    internal static OriginChoice Choice { get; } = OriginChoice.OfThisProcess("EYESONBRIDGE_TEST_BROKER", UrlVariable);

    private RabbitMqServer(IBroker broker) => Broker = broker;

    /// <summary>Where the broker listens, user name and password included: <c>amqp://guest:guest@127.0.0.1:PORT</c>.</summary>
    public Uri Url => Broker.Url;

    /// <summary>Whether this broker was started for the test, and so can be stopped, killed and paused.</summary>
    public bool IsPrivate => Broker is not GivenBroker;

    /// <summary>What stands behind it.</summary>
    internal IBroker Broker { get; }

    /// <summary>The broker that <see cref="UrlVariable"/> names, otherwise a private one.</summary>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken) =>
        await StartAsync(await Choice.SharedAsync(), tls: null, cancellationToken);

    /// <summary>A private broker, for tests that stop, kill or pause it.</summary>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static async Task<RabbitMqServer> StartPrivateAsync(CancellationToken cancellationToken) =>
        await StartAsync(await Choice.PrivateAsync(), tls: null, cancellationToken);

    /// <summary>A private broker that listens with TLS too, on a port of the caller's choice.</summary>
    /// <param name="port">A free port of 127.0.0.1.</param>
    /// <param name="folder">Has <c>ca.pem</c>, <c>server.pem</c> and <c>server-key.pem</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static async Task<RabbitMqServer> StartPrivateWithTlsAsync(int port, string folder, CancellationToken cancellationToken) =>
        await StartAsync(await Choice.PrivateAsync(), new TlsListener(port, folder), cancellationToken);

    private static async Task<RabbitMqServer> StartAsync(ServerOrigin origin, TlsListener? tls, CancellationToken cancellationToken) => new(origin switch
    {
        ServerOrigin.Given => new GivenBroker(new Uri(Choice.Given!)),
        ServerOrigin.Container => await ContainerBroker.StartAsync(tls, cancellationToken),
        _ => await PackageBroker.StartAsync(tls, cancellationToken),
    });

    /// <summary>A name that no other test uses.</summary>
    public static string UniqueName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>Ends the broker in good order, as an operator does. Clients lose their connection.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Broker.StopAsync(cancellationToken);
        _running = false;
    }

    /// <summary>Ends the broker as a crash does (SIGKILL). Confirmed messages survive it.</summary>
    /// <remarks>
    /// Queues and bindings that were declared in the last seconds may not: RabbitMQ answers before they are on disk.
    /// <see cref="FlushDeclarationsAsync"/> makes sure of them.
    /// </remarks>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await Broker.KillAsync(cancellationToken);
        _running = false;
    }

    /// <summary>Brings all queues, exchanges and bindings declared so far to disk, so that they survive a kill.</summary>
    /// <remarks>Mnesia writes to disk up to some seconds after it has answered. Khepri, which follows it in RabbitMQ 4, writes before: then this does nothing.</remarks>
    public Task FlushDeclarationsAsync(CancellationToken cancellationToken) =>
        Broker.EvaluateAsync("catch mnesia:sync_log().", cancellationToken);

    /// <summary>Starts the broker again with the same data and port; stops it first when it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_running)
            await StopAsync(cancellationToken);
        await Broker.StartAsync(cancellationToken);
        _running = true;
    }

    /// <summary>Freezes the broker: connections stay open and nothing answers.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => Broker.PauseAsync(cancellationToken);

    /// <summary>Lets a paused broker go on.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => Broker.ResumeAsync(cancellationToken);

    /// <summary>Lets a broker use so much of the machine's memory before it takes no events any more: 0.6 is much, 0.0001 less than it needs itself.</summary>
    public Task LimitMemoryAsync(string share, CancellationToken cancellationToken) => Broker.ControlAsync(["set_vm_memory_high_watermark", share], cancellationToken);

    /// <summary>Makes a virtual host that nobody else uses, and returns the URL to connect to it.</summary>
    /// <param name="name">Must be new on this broker, and read the same in a URL.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Uri> CreateVirtualHostAsync(string name, CancellationToken cancellationToken)
    {
        var host = new Uri(Url, name);
        await Broker.EvaluateAsync(
            $"ok = rabbit_vhost:add(<<\"{name}\">>, {Actor}), {Allow("guest", host, [".*", ".*", ".*"])}.", cancellationToken);
        return host;
    }

    /// <summary>Makes a user who has these permissions in a virtual host, and returns the URL to connect with.</summary>
    /// <param name="host">A virtual host, as <see cref="CreateVirtualHostAsync"/> returns it.</param>
    /// <param name="name">Begins the user's name.</param>
    /// <param name="permissions">Patterns for configure, write and read; null lets the user in nowhere.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Uri> CreateUserAsync(Uri host, string name, IReadOnlyList<string>? permissions, CancellationToken cancellationToken)
    {
        var (user, password) = (UniqueName(name), Guid.NewGuid().ToString("N"));
        var allow = permissions is null ? "" : $", {Allow(user, host, permissions)}";
        await Broker.EvaluateAsync(
            $"ok = rabbit_auth_backend_internal:add_user(<<\"{user}\">>, <<\"{password}\">>, {Actor}){allow}.", cancellationToken);
        return new UriBuilder(host) { UserName = user, Password = password }.Uri;
    }

    /// <summary>Gives a user other permissions in a virtual host.</summary>
    /// <param name="user">As <see cref="CreateUserAsync"/> returns it.</param>
    /// <param name="permissions">Patterns for configure, write and read.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task PermitAsync(Uri user, IReadOnlyList<string> permissions, CancellationToken cancellationToken) =>
        Broker.EvaluateAsync($"{Allow(user.UserInfo.Split(':')[0], user, permissions)}.", cancellationToken);

    /// <summary>Enables a plugin that comes with every RabbitMQ; it stays enabled over restarts.</summary>
    public Task EnablePluginAsync(string name, CancellationToken cancellationToken) => Broker.EvaluateAsync(
        $"{{ok, File}} = application:get_env(rabbit, enabled_plugins_file), {{ok, [Enabled]}} = file:consult(File), ok = file:write_file(File, io_lib:format(\"~p.~n\", [lists:usort([{name} | Enabled])])), {{ok, _, _}} = rabbit_plugins:ensure(File).",
        cancellationToken);

    /// <summary>Ends a private broker and removes what it left.</summary>
    public ValueTask DisposeAsync() => Broker.DisposeAsync();

    private static string Allow(string user, Uri host, IReadOnlyList<string> permissions) =>
        $"ok = rabbit_auth_backend_internal:set_permissions({Text(user)}, {Text(host.AbsolutePath[1..])}, {string.Join(", ", permissions.Select(Text))}, {Actor})";

    private static string Text(string text) =>
        $"<<\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\">>";
}
