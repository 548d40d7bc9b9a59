using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>
/// A RabbitMQ broker for tests. A private one (<c>scripts/lib/rabbitmq</c>: the distribution's package
/// <c>rabbitmq-server</c>, else Docker) listens on 127.0.0.1 only, can be stopped, killed and paused, keeps data and
/// port over restarts, and is gone without a trace after <see cref="DisposeAsync"/> or when the test process ends.
/// </summary>
/// <remarks>
/// A start takes about five seconds, a virtual host about one and a half. Tests that share a broker keep apart by
/// names of their own (<see cref="UniqueName"/>) for queues and rooms: publishing to an exchange reaches each queue
/// bound to it, so filter by room. Where that is not enough, <see cref="CreateVirtualHostAsync"/>.
/// </remarks>
public sealed class RabbitMqServer : IAsyncDisposable
{
    /// <summary>The environment variable that names a broker to use instead of a private one, as AMQP URL.</summary>
    public const string UrlVariable = "EYESONBRIDGE_TEST_RABBITMQ";

    private readonly AttachedProcess? _launcher;
    private readonly SemaphoreSlim _oneCommand = new(1, 1);
    private bool _running = true;

    private RabbitMqServer(Uri url) => Url = url;

    private RabbitMqServer(AttachedProcess launcher, string ready)
    {
        _launcher = launcher;
        (Url, ProcessId) = ParseReady(ready);
    }

    /// <summary>Where the broker listens, user name and password included: <c>amqp://guest:guest@127.0.0.1:PORT</c>.</summary>
    public Uri Url { get; }

    /// <summary>The broker's process as of its last start; 0 for a container or a given broker.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The process that owns the broker's processes and folder; 0 for a given broker.</summary>
    public int LauncherId => _launcher?.Id ?? 0;

    /// <summary>Whether this broker was started for the test, and so can be stopped, killed and paused.</summary>
    public bool IsPrivate => _launcher is not null;

    /// <summary>The broker that <see cref="UrlVariable"/> names, otherwise a private one.</summary>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken) =>
        Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } given
            ? new RabbitMqServer(new Uri(given))
            : await StartPrivateAsync(cancellationToken);

    /// <summary>A private broker, for tests that stop, kill or pause it.</summary>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static Task<RabbitMqServer> StartPrivateAsync(CancellationToken cancellationToken) => StartPrivateAsync(environment: null, cancellationToken);

    /// <summary>A private broker that listens with TLS too, on a port of the caller's choice.</summary>
    /// <param name="port">A free port of 127.0.0.1.</param>
    /// <param name="folder">Has <c>ca.pem</c>, <c>server.pem</c> and <c>server-key.pem</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static Task<RabbitMqServer> StartPrivateWithTlsAsync(int port, string folder, CancellationToken cancellationToken) =>
        StartPrivateAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["EYESONBRIDGE_TLS"] = $"{port}:{folder}" }, cancellationToken);

    private static async Task<RabbitMqServer> StartPrivateAsync(IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var launcher = AttachedProcess.Start("bash", [RepositoryRoot.PathTo("scripts", "lib", "rabbitmq"), "run"], environment);
        try
        {
            return new RabbitMqServer(launcher, await launcher.ReadLineAsync(cancellationToken));
        }
        catch
        {
            await launcher.DisposeAsync();
            throw;
        }
    }

    /// <summary>A name that no other test uses.</summary>
    public static string UniqueName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    /// <summary>Ends the broker in good order, as an operator does. Clients lose their connection.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => EndAsync("stop", "stopped", cancellationToken);

    /// <summary>Ends the broker as a crash does (SIGKILL). Confirmed messages survive it.</summary>
    /// <remarks>
    /// Queues and bindings that were declared in the last seconds may not: RabbitMQ answers before they are on disk.
    /// <see cref="FlushDeclarationsAsync"/> makes sure of them.
    /// </remarks>
    public Task KillAsync(CancellationToken cancellationToken) => EndAsync("kill", "killed", cancellationToken);

    /// <summary>Brings all queues, exchanges and bindings declared so far to disk, so that they survive a kill.</summary>
    public Task FlushDeclarationsAsync(CancellationToken cancellationToken) => AskAsync("flush", "flushed", cancellationToken);

    /// <summary>Starts the broker again with the same data and port; stops it first when it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_running)
            await StopAsync(cancellationToken);
        ProcessId = ParseReady(await AskAsync("start", "ready", cancellationToken)).ProcessId;
        _running = true;
    }

    /// <summary>Freezes the broker (SIGSTOP): connections stay open and nothing answers.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => AskAsync("pause", "paused", cancellationToken);

    /// <summary>Lets a paused broker go on (SIGCONT).</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => AskAsync("resume", "resumed", cancellationToken);

    /// <summary>Makes a virtual host that nobody else uses, and returns the URL to connect to it.</summary>
    /// <param name="name">Letters, digits, dot, hyphen, underscore. Must be new on this broker.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Uri> CreateVirtualHostAsync(string name, CancellationToken cancellationToken)
    {
        await AskAsync($"vhost {name}", "added", cancellationToken);
        return new Uri(Url, name);
    }

    /// <summary>Ends a private broker and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_launcher is not null)
            await _launcher.DisposeAsync();
        _oneCommand.Dispose();
    }

    private async Task EndAsync(string command, string answer, CancellationToken cancellationToken)
    {
        await AskAsync(command, answer, cancellationToken);
        _running = false;
    }

    private async Task<string> AskAsync(string command, string expected, CancellationToken cancellationToken)
    {
        if (_launcher is null)
            throw new NotSupportedException($"The broker that {UrlVariable} names is not ours to {command}.");

        await _oneCommand.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled half-way: the answer would be taken for that to the next command.
            await _launcher.WriteLineAsync(command, CancellationToken.None);
            var answer = await _launcher.ReadLineAsync(CancellationToken.None);
            return answer.StartsWith(expected, StringComparison.Ordinal)
                ? answer
                : throw new InvalidOperationException($"RabbitMQ, told to {command}: {answer}");
        }
        finally
        {
            _oneCommand.Release();
        }
    }

    private static (Uri Url, int ProcessId) ParseReady(string line) =>
        line.Split(' ') is ["ready", var url, var processId]
            ? (new Uri(url), int.Parse(processId, System.Globalization.CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"scripts/lib/rabbitmq said: {line}");
}
