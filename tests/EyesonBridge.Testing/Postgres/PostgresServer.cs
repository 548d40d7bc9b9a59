using EyesonBridge.Testing.Postgres.Clusters;
using EyesonBridge.Testing.Servers;
using Npgsql;

namespace EyesonBridge.Testing.Postgres;

/// <summary>
/// A PostgreSQL for tests: the one that <see cref="ConnectionVariable"/> names, else a container when an engine answers, else
/// the distribution's package (<c>EYESONBRIDGE_TEST_DATABASE</c> says otherwise: <c>given</c>, <c>container</c> or
/// <c>package</c>). A private one listens on 127.0.0.1 only, can be stopped, killed and paused, keeps data and port over
/// restarts, and is gone after <see cref="DisposeAsync"/> or when the test process ends.
/// </summary>
/// <remarks>A start takes two seconds. Tests that share a server keep apart by a database each (<see cref="CreateDatabaseAsync"/>).</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable that names a server to use instead of a private one, as Npgsql's connection string.</summary>
    public const string ConnectionVariable = "EYESONBRIDGE_TEST_POSTGRES";

    private readonly ICluster _cluster;
    private bool _isRunning = true;

    private PostgresServer(ICluster cluster) => _cluster = cluster;

    /// <summary>Where servers come from in this process.</summary>
    internal static OriginChoice Choice { get; } = OriginChoice.OfThisProcess("EYESONBRIDGE_TEST_DATABASE", ConnectionVariable);

    /// <summary>How to connect as a user that may make databases and users; password included.</summary>
    public string ConnectionString => _cluster.ConnectionString;

    /// <summary>The server that <see cref="ConnectionVariable"/> names, otherwise a private one.</summary>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static async Task<PostgresServer> StartAsync(CancellationToken cancellationToken) =>
        await StartAsync(await Choice.SharedAsync(), tlsFolder: null, cancellationToken);

    /// <summary>A private server, for tests that stop, kill or pause it.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="tlsFolder">Has <c>server.pem</c> and <c>server-key.pem</c>; null to do without TLS.</param>
    /// <exception cref="InvalidOperationException">None can be started; the text says what to install.</exception>
    public static async Task<PostgresServer> StartPrivateAsync(CancellationToken cancellationToken, string? tlsFolder = null) =>
        await StartAsync(await Choice.PrivateAsync(), tlsFolder, cancellationToken);

    /// <summary>Makes a database that nobody else uses, and returns how to connect to it.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Ends the server in good order. Clients lose their connection.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _cluster.StopAsync(cancellationToken);
        _isRunning = false;
    }

    /// <summary>Ends the server as a crash does (SIGKILL). What was committed survives it.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _cluster.KillAsync(cancellationToken);
        _isRunning = false;
    }

    /// <summary>Starts the server again with the same data and port; stops it first when it runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (_isRunning)
            await StopAsync(cancellationToken);
        await _cluster.StartAsync(cancellationToken);
        _isRunning = true;
    }

    /// <summary>Freezes the server: connections stay open and nothing answers.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => _cluster.PauseAsync(cancellationToken);

    /// <summary>Lets a paused server go on.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => _cluster.ResumeAsync(cancellationToken);

    /// <summary>Ends a private server and removes what it left.</summary>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static async Task<PostgresServer> StartAsync(ServerOrigin origin, string? tlsFolder, CancellationToken cancellationToken) => new(origin switch
    {
        ServerOrigin.Given => new GivenCluster(Choice.Given!),
        ServerOrigin.Container => await ContainerCluster.StartAsync(tlsFolder, cancellationToken),
        _ => await PackageCluster.StartAsync(tlsFolder, cancellationToken),
    });
}
