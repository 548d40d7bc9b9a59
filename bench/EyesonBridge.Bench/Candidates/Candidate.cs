namespace EyesonBridge.Bench.Candidates;

/// <summary>Something that is measured in turn with others.</summary>
/// <param name="Name">What it is called in the results.</param>
internal record Candidate(string Name);
