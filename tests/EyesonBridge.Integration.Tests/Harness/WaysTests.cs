namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>The tests that share one worker on which every way to an observation is open; one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WaysTests : ICollectionFixture<WaysFixture>
{
    public const string Name = "ways";
}
