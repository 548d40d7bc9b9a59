namespace EyesonBridge.Integration.Tests.Spine;

/// <summary>The room of Eyeson's documented samples. Tests that use it run one after the other: its events reach every consumer.</summary>
internal static class SampleRoom
{
    public const string Collection = "sample room";

    public const string Id = "6576daef1f138900153d0762";

    public static readonly DateTimeOffset StartedAt = new(2023, 12, 11, 9, 48, 32, 31, TimeSpan.Zero);
}
