namespace EyesonBridge.Bench.Candidates;

/// <summary>Who is compared.</summary>
internal static class CandidateLists
{
    public static IReadOnlyList<Candidate> BridgeAlone { get; } = [new BridgeCandidate()];

    public static IReadOnlyList<Candidate> BridgeAndScript { get; } = [new BridgeCandidate(), new NodeCandidate(Window: null)];

    private static IReadOnlyList<Candidate> BridgeAndBothScripts { get; } = [.. BridgeAndScript, new NodeCandidate(Window: 2000)];

    /// <summary>Our worker and the scripts; in the short form the script without a window, which is what most would write.</summary>
    public static IReadOnlyList<Candidate> BridgeAndScripts(bool isShort) => isShort ? BridgeAndScript : BridgeAndBothScripts;
}
