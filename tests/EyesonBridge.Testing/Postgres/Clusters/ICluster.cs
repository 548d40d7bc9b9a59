using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.Postgres.Clusters;

/// <summary>A PostgreSQL that runs.</summary>
internal interface ICluster : ITestServer
{
    /// <summary>How Npgsql connects to it, as a user that may make databases; password included.</summary>
    string ConnectionString { get; }
}
