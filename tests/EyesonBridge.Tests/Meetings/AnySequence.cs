using FsCheck;
using FsCheck.Fluent;

namespace EyesonBridge.Tests.Meetings;

/// <summary>Checks a rule over any sequence of frames. A failure shows the shortest sequence found, and the seed to repeat it.</summary>
internal static class AnySequence
{
    private const int Tests = 500;

    /// <param name="rule">Asserts the rule.</param>
    public static void Holds(Action<WireFrame[]> rule) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tests), Prop.ForAll(WireFrames.Sequences, rule));
}
