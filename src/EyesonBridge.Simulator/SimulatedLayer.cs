using System.Text.Json.Serialization;

namespace EyesonBridge.Simulator;

/// <summary>A picture before or behind the podium, as it appears in <c>podium_update.layers</c>.</summary>
/// <param name="ZIndex">1 for the foreground, -1 for the background.</param>
/// <param name="Id">The id of the picture.</param>
public sealed record SimulatedLayer([property: JsonPropertyName("z-index")] int ZIndex, string Id);
