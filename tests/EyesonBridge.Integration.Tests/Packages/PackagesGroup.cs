namespace EyesonBridge.Integration.Tests.Packages;

/// <summary>The tests that share the packages.</summary>
[CollectionDefinition(Name)]
public sealed class PackagesGroup : ICollectionFixture<PackagesFixture>
{
    internal const string Name = "Packages";
}
