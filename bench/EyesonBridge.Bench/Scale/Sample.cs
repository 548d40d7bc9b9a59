namespace EyesonBridge.Bench.Scale;

/// <summary>How it looked at one second.</summary>
/// <param name="At">Since the begin.</param>
/// <param name="Replicas">Replicas that run.</param>
/// <param name="Observed">Rooms that are observed.</param>
/// <param name="Handshakes">Handshakes within this second.</param>
/// <param name="LeastHeld">The fewest rooms that a replica holds.</param>
/// <param name="MostHeld">The most rooms that a replica holds.</param>
/// <param name="Busy">Processors of the database that were busy.</param>
internal sealed record Sample(TimeSpan At, int Replicas, int Observed, int Handshakes, int LeastHeld, int MostHeld, double Busy);
