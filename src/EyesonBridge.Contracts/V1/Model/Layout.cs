namespace EyesonBridge.Contracts.V1;

/// <summary>How the participants are arranged on the screen. A value is null if Eyeson did not send it.</summary>
public sealed record Layout
{
    /// <summary><c>auto</c> or <c>custom</c> (wire: <c>options.layout</c>).</summary>
    public string? Mode { get; init; }

    /// <summary>Name of the layout, such as <c>nine</c> (wire: <c>options.layout_name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>User id for each place; an empty text is a free place (wire: <c>options.layout_users</c>).</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>The custom map of places as the JSON text that Eyeson sent (wire: <c>options.layout_map</c>).</summary>
    public string? Map { get; init; }

    /// <summary>True when names are shown (wire: <c>options.show_names</c>).</summary>
    public bool? ShowNames { get; init; }

    /// <summary>True when the speaker moves to the front (wire: <c>options.voice_activation</c>).</summary>
    public bool? VoiceActivation { get; init; }
}
