using System.Text.Json;

namespace EyesonBridge.Simulator.Cable;

/// <summary>What an observer has missed, as it says so itself.</summary>
/// <param name="Since">Unix seconds, for streams without a position; 0 for none.</param>
/// <param name="Streams">The last position seen, by stream.</param>
internal sealed record HistoryRequest(long Since, IReadOnlyDictionary<string, StreamPosition> Streams)
{
    /// <summary>Null when there is no request that can be read.</summary>
    public static HistoryRequest? Read(JsonElement command)
    {
        if (!command.TryGetProperty("history", out var history) || history.ValueKind != JsonValueKind.Object)
            return null;

        var since = history.TryGetProperty("since", out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var seconds) ? seconds : 0;
        var positions = new Dictionary<string, StreamPosition>(StringComparer.Ordinal);
        if (history.TryGetProperty("streams", out var streams) && streams.ValueKind == JsonValueKind.Object)
        {
            foreach (var stream in streams.EnumerateObject())
            {
                if (Position(stream.Value) is { } position)
                    positions[stream.Name] = position;
            }
        }

        return since == 0 && positions.Count == 0 ? null : new HistoryRequest(since, positions);
    }

    private static StreamPosition? Position(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("epoch", out var epoch) && epoch.ValueKind == JsonValueKind.String
        && value.TryGetProperty("offset", out var offset) && offset.ValueKind == JsonValueKind.Number
        && offset.TryGetInt64(out var number)
            ? new StreamPosition(epoch.GetString()!, number)
            : null;
}
