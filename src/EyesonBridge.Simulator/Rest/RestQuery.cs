using System.Globalization;

namespace EyesonBridge.Simulator.Rest;

/// <summary>The query of a list: <c>page</c> (from 1, 25 entries each), <c>started_at</c> of the meeting, <c>since</c>, <c>until</c>.</summary>
internal sealed record RestQuery(int PageNumber, DateTimeOffset? StartedAt, DateTimeOffset? Since, DateTimeOffset? Until)
{
    private const int PageSize = 25;

    /// <summary>Null when a value cannot be read.</summary>
    public static RestQuery? Read(IQueryCollection query)
    {
        var page = 1;
        if (query["page"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out page) || page < 1))
            return null;

        return TryTime(query["started_at"], out var startedAt)
            && TryTime(query["since"], out var since)
            && TryTime(query["until"], out var until)
            ? new RestQuery(page, startedAt, since, until)
            : null;
    }

    public bool Includes(SimulatedRoom meeting) =>
        StartedAt is null || StartedAt.Value.ToUnixTimeMilliseconds() == meeting.StartedAt.ToUnixTimeMilliseconds();

    /// <summary>Newest first.</summary>
    public IReadOnlyList<T> Page<T>(IEnumerable<T> items, Func<T, DateTimeOffset> createdAt) =>
    [
        .. items.Reverse()
            .Where(item => (Since is null || createdAt(item) >= Since) && (Until is null || createdAt(item) <= Until))
            .Skip((PageNumber - 1) * PageSize)
            .Take(PageSize),
    ];

    /// <summary>ISO 8601 or unix seconds.</summary>
    private static bool TryTime(string? text, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
            return true;

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            time = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed);
        time = read ? parsed : null;
        return read;
    }
}
