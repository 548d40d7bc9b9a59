using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

/// <summary>Makes ranges of single entries.</summary>
internal static class OutboxRanges
{
    /// <summary>A range for each id, of the length that a payload in these tests has.</summary>
    public static OutboxRange[] Of(params IEnumerable<long> ids) => [.. ids.Select(id => new OutboxRange(id, id, Bytes: 2))];

    /// <summary>A range for each entry.</summary>
    public static OutboxRange[] Of(IEnumerable<OutboxEntry> entries) =>
        [.. entries.Select(entry => new OutboxRange(entry.Id, entry.Id, entry.Payload.Length))];
}
