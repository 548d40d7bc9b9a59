namespace EyesonBridge.Cli;

/// <summary>What somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The name that is most like what was typed: begun, or with a few wrong, missing, additional or swapped letters. Null when none is.</summary>
    public static string? To(string typed, IEnumerable<string> names)
    {
        var known = names.ToList();
        var bare = typed.Trim('-').Length;
        var begun = known.Where(name => bare > 1 && name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        if (begun is [var only])
            return only;

        return known
            .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(found => found.Distance <= Math.Max(1, bare / 3))
            .OrderBy(static found => found.Distance)
            .Select(static found => found.Name)
            .FirstOrDefault();
    }

    /// <summary>How many letters to replace, insert, delete, or swap with the next one.</summary>
    private static int Distance(string one, string other)
    {
        var steps = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
        {
            for (var column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    steps[row, column] = row + column;
                    continue;
                }

                var replaced = steps[row - 1, column - 1] + (one[row - 1] == other[column - 1] ? 0 : 1);
                var best = Math.Min(replaced, Math.Min(steps[row - 1, column], steps[row, column - 1]) + 1);
                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                    best = Math.Min(best, steps[row - 2, column - 2] + 1);
                steps[row, column] = best;
            }
        }

        return steps[one.Length, other.Length];
    }
}
