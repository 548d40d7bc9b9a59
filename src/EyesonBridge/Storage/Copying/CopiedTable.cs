using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Storage.Copying;

/// <summary>A table that both stores have, and how its rows go from one into the other.</summary>
/// <param name="Name">Its name in both.</param>
/// <param name="Words">What its rows are, for people.</param>
/// <param name="Columns">The columns that are filled, in the order of <paramref name="Read"/>.</param>
/// <param name="Select">Reads the rows from SQLite, in the order in which they are to be inserted.</param>
/// <param name="Read">The values of the current row.</param>
/// <param name="Proof">Expressions, the same in both, by which rows are compared at the end.</param>
/// <param name="Order">The order of that comparison: columns that sort alike in both.</param>
internal sealed record CopiedTable(
    string Name, string Words, string Columns, string Select, Func<SqliteStatement, object?[]> Read, IReadOnlyList<string> Proof, string Order);
