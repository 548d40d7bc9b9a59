namespace EyesonBridge.Simulator.Wire;

/// <summary>A permalink and its room: <c>GET /permalink/:token</c>.</summary>
internal sealed record WirePermalinkMeeting
{
    public required WirePermalink Permalink { get; init; }

    public required WirePermalinkRoom Room { get; init; }

    public required WireMeetingLinks Links { get; init; }

    public static WirePermalinkMeeting Of(SimulatedPermalink permalink, string? newUserToken = null)
    {
        var running = permalink.Room;
        return new()
        {
            Permalink = new()
            {
                Id = permalink.Id,
                CreatedAt = WireJson.Time(permalink.CreatedAt),
                ExpiresAt = permalink.ExpiresAt is { } end ? WireJson.Time(end) : null,
                GuestToken = permalink.GuestToken,
                UserToken = newUserToken,
            },
            Room = new()
            {
                Id = permalink.RoomId,
                Name = permalink.Name,
                Ready = running?.Ready ?? false,
                StartedAt = running is null ? null : WireJson.Time(running.StartedAt),
                Shutdown = false,
                GuestToken = permalink.GuestToken,
            },
            Links = WireMeetingLinks.For(permalink.GuestToken, newUserToken),
        };
    }
}
