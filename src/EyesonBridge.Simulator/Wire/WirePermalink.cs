using System.Text.Json.Serialization;

namespace EyesonBridge.Simulator.Wire;

/// <summary>A permalink.</summary>
internal sealed record WirePermalink
{
    public required string Id { get; init; }

    public required string CreatedAt { get; init; }

    public required string? ExpiresAt { get; init; }

    public required string GuestToken { get; init; }

    /// <summary>Only where a host was just added.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserToken { get; init; }
}
