using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.Postgres.Clusters;

/// <summary>The distribution's package <c>postgresql</c>, started by <c>scripts/lib/postgres</c>: processes and a folder of its own.</summary>
internal sealed class PackageCluster : PackageServer, ICluster
{
    private PackageCluster(ServerScript script, string[] ready)
        : base(script, ready) => ConnectionString = $"Host=127.0.0.1;Port={ready[1]};Username=postgres;Password=postgres;Database=postgres";

    public string ConnectionString { get; }

    /// <param name="tlsFolder">Has <c>server.pem</c> and <c>server-key.pem</c>; null to do without TLS.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">It cannot be started; the text says what to install.</exception>
    public static async Task<PackageCluster> StartAsync(string? tlsFolder, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (tlsFolder is not null)
            environment["EYESONBRIDGE_TLS"] = tlsFolder;
        var (script, ready) = await ServerScript.StartAsync("postgres", ["run"], environment, cancellationToken);
        return new PackageCluster(script, ready);
    }
}
