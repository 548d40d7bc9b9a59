using System.Text.Json.Serialization;

namespace EyesonBridge.Simulator.Wire;

/// <summary>Where people go to take part; the host does not exist.</summary>
internal sealed record WireMeetingLinks
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gui { get; init; }

    public required string GuestJoin { get; init; }

    public static WireMeetingLinks For(string guestToken, string? gui) => new()
    {
        Gui = gui is null ? null : $"https://app.eyeson.test/?{gui}",
        GuestJoin = $"https://app.eyeson.test/?guest={guestToken}",
    };
}
