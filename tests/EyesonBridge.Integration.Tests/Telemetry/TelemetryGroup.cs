namespace EyesonBridge.Integration.Tests.Telemetry;

/// <summary>Tests that share a receiver and a worker, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class TelemetryGroup : ICollectionFixture<TelemetryFixture>
{
    public const string Name = "telemetry";
}
