namespace EyesonBridge.Tests.Pacing;

/// <summary>Draws the same number every time.</summary>
internal sealed class FixedRandom(double drawn) : Random
{
    public override double NextDouble() => drawn;
}
