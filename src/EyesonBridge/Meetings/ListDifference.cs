using System.Collections.Immutable;

namespace EyesonBridge.Meetings;

/// <summary>
/// The wire carries a whole list; what is new in it began, and what is missing in it ended. In a list that is not whole,
/// because an entry cannot be read, nothing is missing: that entry may be it.
/// </summary>
/// <param name="Now">The list now: the same instance when nothing changed.</param>
/// <param name="Ended">What is in the old list only, as last seen.</param>
/// <param name="Began">What is in the new list only.</param>
internal readonly record struct ListDifference<T>(ImmutableArray<T> Now, ImmutableArray<T> Ended, ImmutableArray<T> Began)
    where T : class, IEquatable<T>
{
    public static ListDifference<T> Between(ImmutableArray<T> before, IEnumerable<T> after, Func<T, string> idOf, bool isWhole)
    {
        var now = (isWhole ? after : after.Concat(before)).DistinctBy(idOf, StringComparer.Ordinal).ToImmutableArray();
        var idsBefore = before.Select(idOf).ToHashSet(StringComparer.Ordinal);
        var idsNow = now.Select(idOf).ToHashSet(StringComparer.Ordinal);
        return new(
            now.SequenceEqual(before) ? before : now,
            [.. before.Where(item => !idsNow.Contains(idOf(item)))],
            [.. now.Where(item => !idsBefore.Contains(idOf(item)))]);
    }
}
