namespace EyesonBridge.Storage;

/// <summary>A permalink in a list.</summary>
/// <param name="Position">Where it is in the list: what to go on behind.</param>
/// <param name="Permalink">The permalink.</param>
internal sealed record PermalinkEntry(long Position, PermalinkRow Permalink);
