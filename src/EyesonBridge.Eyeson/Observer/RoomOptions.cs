using System.Text.Json;
using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A room's options. The documented <c>options_update</c> is about the layout's ones only.</summary>
public sealed record RoomOptions
{
    /// <summary>True when participants' names are shown in the picture.</summary>
    public bool? ShowNames { get; init; }

    /// <summary>True when Eyeson's label is shown.</summary>
    public bool? ShowLabel { get; init; }

    /// <summary>Where participants are sent when they leave.</summary>
    public string? ExitUrl { get; init; }

    /// <summary>True when the interface offers recordings.</summary>
    public bool? RecordingAvailable { get; init; }

    /// <summary>True when the interface offers broadcasts.</summary>
    public bool? BroadcastAvailable { get; init; }

    /// <summary>True when the interface offers layouts.</summary>
    public bool? LayoutAvailable { get; init; }

    /// <summary>The kind of layout, such as <c>auto</c> or <c>custom</c>.</summary>
    public string? Layout { get; init; }

    /// <summary>True when the interface offers reactions.</summary>
    public bool? ReactionAvailable { get; init; }

    /// <summary>True when guests are offered a name.</summary>
    public bool? SuggestGuestNames { get; init; }

    /// <summary>True when the interface offers to lock the room.</summary>
    public bool? LockAvailable { get; init; }

    /// <summary>True when the interface offers to remove participants.</summary>
    public bool? KickAvailable { get; init; }

    /// <summary>How media flow, such as <c>ptp</c>.</summary>
    public string? SfuMode { get; init; }

    /// <summary>Who stands where in the layout, by user id; an empty string is an empty place. Null when not set.</summary>
    [JsonConverter(typeof(LenientStringListConverter))]
    public IReadOnlyList<string>? LayoutUsers { get; init; }

    /// <summary>The layout's name, such as <c>nine</c>.</summary>
    public string? LayoutName { get; init; }

    /// <summary>The layout's own map of rectangles, as it stood on the wire; null when not set.</summary>
    public JsonElement? LayoutMap { get; init; }

    /// <summary>True when the one who speaks is shown large.</summary>
    public bool? VoiceActivation { get; init; }

    /// <summary>The application's own fields, as they stood on the wire.</summary>
    public JsonElement? CustomFields { get; init; }

    /// <summary>True for the wide picture.</summary>
    public bool? Widescreen { get; init; }

    /// <summary>The colour behind everything, such as <c>#121212</c>.</summary>
    public string? BackgroundColor { get; init; }
}
