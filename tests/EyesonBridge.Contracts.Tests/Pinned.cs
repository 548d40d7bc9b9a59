namespace EyesonBridge.Contracts.Tests;

/// <summary>Tables of what must not change inside V1. They are edited by hand, after reading "What may change" in docs/contracts.md.</summary>
internal static class Pinned
{
    /// <summary>The lines of a table, without comments and empty ones; words are separated by any number of spaces.</summary>
    internal static string[] Lines(string table) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Pinned", table))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
}
