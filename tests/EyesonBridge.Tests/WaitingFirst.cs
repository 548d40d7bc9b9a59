using EyesonBridge.Tests.Storage.Postgres;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(EyesonBridge.Tests.WaitingFirst))]

namespace EyesonBridge.Tests;

/// <summary>What waits for leases to lapse begins, and everything else goes on beside it.</summary>
public sealed class WaitingFirst : ITestCollectionOrderer
{
    private static readonly string[] First = [ReplicaTests.Name, PostgresTests.Name];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.IndexOf(First, collection.TestCollectionDisplayName) is var place and >= 0 ? place : First.Length)];
}
