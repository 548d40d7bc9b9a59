using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>The picture that everybody sees.</summary>
internal static class Podium
{
    public static void Apply(
        MeetingDraft draft, IReadOnlyList<Wire.PodiumSegment> segments, IReadOnlyList<Wire.PodiumLayer>? layers) =>
        draft.Add(new PodiumChanged
        {
            Segments = [.. segments.Select(ToContract)],
            Layers = [.. (layers ?? []).Where(layer => layer.Id is not null).Select(ToContract)],
        });

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
