namespace EyesonBridge.Simulator.Wire;

/// <summary>A seat in a meeting: <c>POST /permalink/:user_token</c> and <c>POST /guests/:guest_token</c>.</summary>
internal sealed record WireMeetingAccess
{
    public required string AccessKey { get; init; }

    public required bool Ready { get; init; }

    public required bool Locked { get; init; }

    public required WireRoom Room { get; init; }

    public required WireUser User { get; init; }

    public required WireMeetingLinks Links { get; init; }

    public static WireMeetingAccess To(SimulatedRoom room, SimulatedUser user, DateTimeOffset now)
    {
        var accessKey = SimulatedRoom.NewToken();
        return new()
        {
            AccessKey = accessKey,
            Ready = room.Ready,
            Locked = room.Locked,
            Room = room.Described,
            User = new() { Id = user.Id, Name = user.Name, Avatar = user.Avatar, Guest = user.Guest, JoinedAt = WireJson.Time(now) },
            Links = WireMeetingLinks.For(room.GuestToken, accessKey),
        };
    }
}
