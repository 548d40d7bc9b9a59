using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <summary>Somebody who is or was in the meeting.</summary>
/// <param name="Participant">As participants are described.</param>
/// <param name="JoinedAt">When they came last.</param>
internal sealed record SimulatedPerson(WireParticipant Participant, DateTimeOffset JoinedAt)
{
    public bool Online => Participant.Online;

    public WireUser AsUser() => new()
    {
        Id = Participant.Id,
        Name = Participant.Name,
        Avatar = Participant.Avatar,
        Guest = Participant.Guest,
        JoinedAt = WireJson.Time(JoinedAt),
    };
}
