using EyesonBridge.Bench.Peers;

namespace EyesonBridge.Bench.Candidates;

/// <summary>Something that only publishes.</summary>
internal sealed record PublisherCandidate(string Name, PublishKind Kind, string Exchange) : Candidate(Name);
