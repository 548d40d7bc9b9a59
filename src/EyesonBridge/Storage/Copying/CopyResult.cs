namespace EyesonBridge.Storage.Copying;

/// <summary>What was copied.</summary>
/// <param name="Source">Where from, for people.</param>
/// <param name="Target">Where to, for people.</param>
/// <param name="StreamId">The history in which the events of both are numbered.</param>
/// <param name="Counts">The rows of each table.</param>
internal sealed record CopyResult(string Source, string Target, string StreamId, IReadOnlyList<CopiedCount> Counts);
