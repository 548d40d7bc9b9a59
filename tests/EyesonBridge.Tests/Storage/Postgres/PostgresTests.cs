using EyesonBridge.Testing.Postgres;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>The tests that share one server, but for those of replicas; each class has a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "postgres";
}
