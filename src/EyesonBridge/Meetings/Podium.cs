using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>The picture that everybody sees.</summary>
internal static class Podium
{
    private static readonly Wire.PodiumSegment Nothing = new();

    public static void Apply(
        MeetingDraft draft, IReadOnlyList<Wire.PodiumSegment> segments, IReadOnlyList<Wire.PodiumLayer>? layers)
    {
        var changed = new PodiumChanged
        {
            Segments = [.. segments.Where(segment => segment != Nothing).Select(ToContract)],
            Layers = [.. (layers ?? []).Where(layer => layer.Id is not null).Select(ToContract)],
        };
        if (changed.Segments.Count < segments.Count)
            draft.LeaveOut("A segment has none of the known properties.");
        if (changed.Layers.Count < (layers?.Count ?? 0))
            draft.LeaveOut(Unrecognized.EntryWithoutId);
        draft.Add(changed);
    }

    private static PodiumSegment ToContract(Wire.PodiumSegment segment) => new()
    {
        UserId = segment.UserId,
        PlayId = segment.PlayId,
        Width = segment.Width ?? 0,
        Height = segment.Height ?? 0,
        Left = segment.Left ?? 0,
        Top = segment.Top ?? 0,
        ZIndex = segment.ZIndex ?? 0,
    };

    private static PodiumLayer ToContract(Wire.PodiumLayer layer) => new() { Id = layer.Id!, ZIndex = layer.ZIndex ?? 0 };
}
