namespace EyesonBridge.Storage;

/// <summary>How the rooms are spread.</summary>
/// <param name="Replicas">Replicas that are alive, and not about to leave.</param>
/// <param name="Rooms">Rooms that somebody has to hold.</param>
/// <param name="Held">Those of them that the replica that asks holds.</param>
/// <param name="Free">Those of them that nobody holds, or one that is gone.</param>
/// <param name="Offered">Those that others offer to hand over.</param>
/// <param name="Handshakes">The handshakes that the replica that asks waits for or has made of late, as the others know.</param>
/// <param name="HandshakesOfAll">The same of all together.</param>
internal readonly record struct ReplicaShare(
    long Replicas, long Rooms, long Held, long Free, long Offered = 0, long Handshakes = 0, long HandshakesOfAll = 0)
{
    /// <summary>The part of one replica of what is for all together, spread evenly.</summary>
    public double EvenPart => 1.0 / Math.Max(1, Replicas);

    /// <summary>
    /// Which part of the handshakes, whose limit is for all together, is that of the replica that asks: half of the limit is spread
    /// evenly, half by what each needs; and evenly all of it while nobody needs anything.
    /// </summary>
    public double PartOfHandshakes =>
        HandshakesOfAll > 0 ? (EvenPart + ((double)Math.Min(Handshakes, HandshakesOfAll) / HandshakesOfAll)) / 2 : EvenPart;
}
