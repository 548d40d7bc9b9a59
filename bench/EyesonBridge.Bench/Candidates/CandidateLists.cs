namespace EyesonBridge.Bench.Candidates;

/// <summary>Who is compared.</summary>
internal static class CandidateLists
{
    /// <summary>Our worker and the scripts; in the short form the script without a window, which is what most would write.</summary>
    public static IReadOnlyList<Candidate> BridgeAndScripts(bool isShort) => isShort
        ? [new BridgeCandidate(), new NodeCandidate(window: null)]
        : [new BridgeCandidate(), new NodeCandidate(window: null), new NodeCandidate(window: 2000)];

    public static IReadOnlyList<Candidate> BridgeAndScript { get; } = [new BridgeCandidate(), new NodeCandidate(window: null)];

    public static IReadOnlyList<Candidate> BridgeAlone { get; } = [new BridgeCandidate()];
}
