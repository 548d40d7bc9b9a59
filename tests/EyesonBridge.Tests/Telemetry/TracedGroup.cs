namespace EyesonBridge.Tests.Telemetry;

/// <summary>Tests that listen to the bridge's spans: alone, as whoever listens changes what all others record.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TracedGroup
{
    public const string Name = "traced";
}
