using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.Postgres.Clusters;

/// <summary>A PostgreSQL that somebody else runs.</summary>
internal sealed class GivenCluster(string connectionString) : GivenServer(PostgresServer.ConnectionVariable), ICluster
{
    public string ConnectionString => connectionString;
}
