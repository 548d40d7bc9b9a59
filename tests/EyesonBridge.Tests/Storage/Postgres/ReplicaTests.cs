using EyesonBridge.Testing.Postgres;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>The tests of replicas share one server; they wait for leases to lapse, so the other tests have a server of their own.</summary>
[CollectionDefinition(Name)]
public sealed class ReplicaTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "postgres replicas";
}
