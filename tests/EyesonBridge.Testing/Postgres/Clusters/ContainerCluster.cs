using DotNet.Testcontainers.Builders;
using EyesonBridge.Testing.Servers;
using Testcontainers.PostgreSql;

namespace EyesonBridge.Testing.Postgres.Clusters;

/// <summary>A container of PostgreSQL's own image.</summary>
internal sealed class ContainerCluster : ContainerServer<PostgreSqlContainer>, ICluster
{
    /// <summary>The environment variable that names another image.</summary>
    public const string ImageVariable = "EYESONBRIDGE_TEST_POSTGRES_IMAGE";

    private const string DefaultImage = "postgres:17";
    private const string TlsFolder = "/etc/postgresql-tls/";

    // The server reads a key only from a file of its own user, that nobody else may read.
    private const string OwnKey = "install -o postgres -g postgres -m 600 " + TlsFolder + "*.pem /var/run/postgresql && exec docker-entrypoint.sh postgres "
        + "-c max_connections=200 -c ssl=on -c ssl_cert_file=/var/run/postgresql/server.pem -c ssl_key_file=/var/run/postgresql/server-key.pem";

    private ContainerCluster(PostgreSqlContainer container, int port)
        : base(container) => ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Password=postgres;Database=postgres";

    public string ConnectionString { get; }

    /// <param name="tlsFolder">Has <c>server.pem</c> and <c>server-key.pem</c>; null to do without TLS.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">It cannot be started.</exception>
    public static async Task<ContainerCluster> StartAsync(string? tlsFolder, CancellationToken cancellationToken)
    {
        var port = FreePort();
        var builder = new PostgreSqlBuilder(ImageIn(ImageVariable, DefaultImage))
            .WithUsername("postgres")
            .WithPassword("postgres")
            .WithDatabase("postgres")
            .WithPortBinding(port, PostgreSqlBuilder.PostgreSqlPort)
            .WithCreateParameterModifier(PublishHereOnly)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilDatabaseIsAvailable(Npgsql.NpgsqlFactory.Instance, strategy => strategy.WithTimeout(StartWithin).WithInterval(AskEvery)));
        var cluster = new ContainerCluster(
            (tlsFolder is null ? builder.WithCommand("-c", "max_connections=200") : WithTls(builder, tlsFolder)).Build(), port);
        try
        {
            await cluster.StartAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static PostgreSqlBuilder WithTls(PostgreSqlBuilder builder, string folder) =>
        builder
            .WithResourceMapping(new FileInfo(Path.Combine(folder, "server.pem")), TlsFolder)
            .WithResourceMapping(new FileInfo(Path.Combine(folder, "server-key.pem")), TlsFolder)
            .WithEntrypoint("bash", "-c", OwnKey);
}
