namespace EyesonBridge.Simulator.Wire;

/// <summary>The full state of a room: <c>room_update.content</c>. No lock and no podium, as at Eyeson.</summary>
internal sealed record WireContent
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool Ready { get; init; }

    public required string StartedAt { get; init; }

    public required bool Shutdown { get; init; }

    public required string GuestToken { get; init; }

    public required WireOptions Options { get; init; }

    public required IReadOnlyList<WireParticipant> Participants { get; init; }

    public required IReadOnlyList<SimulatedPlayback> Playbacks { get; init; }

    public required WirePresentation? Presentation { get; init; }

    public required IReadOnlyList<WireBroadcast> Broadcasts { get; init; }

    public required WireRecording? Recording { get; init; }
}
