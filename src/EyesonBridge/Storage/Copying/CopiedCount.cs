namespace EyesonBridge.Storage.Copying;

/// <summary>How many rows of a table were found in both stores at the end.</summary>
/// <param name="Table">The table.</param>
/// <param name="Words">What the rows are, for people.</param>
/// <param name="Source">How many the SQLite store has.</param>
/// <param name="Target">How many the database has.</param>
internal sealed record CopiedCount(string Table, string Words, long Source, long Target);
