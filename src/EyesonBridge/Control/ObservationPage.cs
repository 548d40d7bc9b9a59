using EyesonBridge.Storage;

namespace EyesonBridge.Control;

/// <summary>How much one answer to <c>GetObservations</c> holds.</summary>
internal static class ObservationPage
{
    public const int DefaultLimit = 500;

    public const int MaxLimit = 1000;

    /// <summary>What the items may take as JSON: with the envelope, an answer stays below 1 MiB.</summary>
    public const int MaxBytes = 1000 * 1024;

    private const int Frame = 360; // names, numbers, times, and what stands between them
    private const int Escaped = 6; // \u00e9

    /// <summary>The limit for a command that asks for <paramref name="asked"/>.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? DefaultLimit, 1, MaxLimit);

    /// <summary>How many of <paramref name="rooms"/>, from the first, fit into an answer; at least one.</summary>
    public static int Fitting(IReadOnlyList<RoomSummary> rooms, int limit)
    {
        var bytes = 0;
        var count = 0;
        while (count < rooms.Count && count < limit && (bytes += MaxSize(rooms[count])) <= MaxBytes)
            count++;
        return Math.Max(count, Math.Min(1, rooms.Count));
    }

    /// <summary>The most bytes that a room takes as JSON.</summary>
    private static int MaxSize(RoomSummary room) =>
        Frame + MaxSize(room.RoomId) + MaxSize(room.Account) + MaxSize(room.Reason) + MaxSize(room.MeetingId) + MaxSize(room.Owner)
        + room.WantedBy.Sum(source => MaxSize(source) + 3);

    private static int MaxSize(string? text)
    {
        var size = 0;
        foreach (var character in text ?? "")
            size += char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '@' ? 1 : Escaped;
        return size;
    }
}
