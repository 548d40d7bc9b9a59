namespace EyesonBridge.Storage.Sqlite;

/// <summary>One step of the schema.</summary>
/// <param name="Version">Number of the schema after it; 1, 2, 3 …</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Version, string Sql);
