using System.Text.Json.Nodes;

namespace EyesonBridge.Simulator.Wire;

/// <summary>The options of a room, with the values of a room whose creator asked for nothing special.</summary>
internal sealed record WireOptions
{
    public bool ShowNames { get; init; } = true;

    public bool ShowLabel { get; init; } = true;

    public string? ExitUrl { get; init; }

    public bool RecordingAvailable { get; init; } = true;

    public bool BroadcastAvailable { get; init; } = true;

    public bool LayoutAvailable { get; init; } = true;

    public string Layout { get; init; } = "auto";

    public bool ReactionAvailable { get; init; } = true;

    public bool SuggestGuestNames { get; init; } = true;

    public bool LockAvailable { get; init; } = true;

    public bool KickAvailable { get; init; } = true;

    public string SfuMode { get; init; } = "ptp";

    public IReadOnlyList<string>? LayoutUsers { get; init; }

    public string? LayoutName { get; init; }

    public JsonNode? LayoutMap { get; init; }

    public bool VoiceActivation { get; init; }

    public JsonObject CustomFields { get; init; } = [];

    public bool Widescreen { get; init; } = true;

    public string BackgroundColor { get; init; } = "#121212";
}
