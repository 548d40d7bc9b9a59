using System.Text.Json.Nodes;

namespace EyesonBridge.Simulator;

/// <summary>A change of the layout. Only what is not null changes.</summary>
public sealed record SimulatedLayout
{
    /// <summary><c>auto</c> or <c>custom</c>.</summary>
    public string? Layout { get; init; }

    /// <summary>User ids by position; an empty string is a free place.</summary>
    public IReadOnlyList<string>? LayoutUsers { get; init; }

    /// <summary>Name of a ready-made layout, for example <c>nine</c>.</summary>
    public string? LayoutName { get; init; }

    /// <summary>A layout of one's own, as Eyeson's layout endpoint takes it.</summary>
    public JsonNode? LayoutMap { get; init; }

    /// <summary>Whether the speaker comes to the front.</summary>
    public bool? VoiceActivation { get; init; }

    /// <summary>Whether names are shown.</summary>
    public bool? ShowNames { get; init; }
}
