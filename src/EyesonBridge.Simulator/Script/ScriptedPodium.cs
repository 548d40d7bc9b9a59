namespace EyesonBridge.Simulator;

/// <summary>The podium of the scripted meeting: nine places, three of them taken.</summary>
internal static class ScriptedPodium
{
    private const int Columns = 3;
    private const int Places = 9;
    private const int Height = 240;

    public static IReadOnlyList<SimulatedLayer> Layers { get; } =
    [
        new(1, "da9c96e70034e45d1ba2b80a304c0808"),
        new(-1, "fc26523a13be45fcf1728a5f7360e611"),
    ];

    public static IReadOnlyList<SimulatedPodiumSegment> Segments(string first, string second, string playId) =>
    [
        .. Enumerable.Range(0, Places).Select(place => new SimulatedPodiumSegment
        {
            UserId = place switch { 0 => first, 1 => second, _ => null },
            PlayId = place == 2 ? playId : null,
            Width = place % Columns == 2 ? 426 : 427,
            Height = Height,
            Left = place % Columns * 427,
            Top = place / Columns * Height,
            ZIndex = place,
        }),
    ];
}
