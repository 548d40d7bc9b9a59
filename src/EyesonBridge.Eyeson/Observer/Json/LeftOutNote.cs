namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>
/// Notes what of a body could not be read and counts as missing. A body is read on one thread from end to end, and the
/// framework's converters can pass nothing along, so the note is the thread's.
/// </summary>
internal static class LeftOutNote
{
    [ThreadStatic]
    private static string? _first;

    /// <summary>A body is going to be read.</summary>
    public static void Clear() => _first = null;

    /// <summary>Something is left out; the first of a body is remembered.</summary>
    /// <param name="what">What is wrong, for people; without any content of the body.</param>
    public static void Add(string what) => _first ??= what;

    /// <summary>What was left out; null when nothing was.</summary>
    public static string? Get() => _first;
}
