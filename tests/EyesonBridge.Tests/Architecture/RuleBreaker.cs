using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Architecture;

/// <summary>Uses what the rules forbid, so that a test can see whether that is found.</summary>
internal static class RuleBreaker
{
    public static Func<object, bool> Lambda { get; } = thing => thing is IRoomEvent;

    public static IEnumerable<object> Iterate()
    {
        yield return new List<EyesonSimulator>();
    }
}
