namespace EyesonBridge.Simulator.Wire;

/// <summary>A participant, in <c>participant_update</c>, in <c>room_update</c> and in <c>GET /rooms/:id/users</c>.</summary>
internal sealed record WireParticipant
{
    public required string Id { get; init; }

    public required string RoomId { get; init; }

    public required string Name { get; init; }

    public required string? Avatar { get; init; }

    public required bool Guest { get; init; }

    public required bool Online { get; init; }
}
