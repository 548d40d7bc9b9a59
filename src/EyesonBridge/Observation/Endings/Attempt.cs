namespace EyesonBridge.Observation.Endings;

/// <summary>How one attempt to observe a room went.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Detail">More about it, for people; no secret.</param>
/// <param name="HeardUntil">The last sign of life of the server; up to then nothing was missed.</param>
/// <param name="HeldFor">How long the connection held.</param>
/// <param name="WasHeldUp">True when the store or the outbox took nothing and the socket was read late.</param>
internal readonly record struct Attempt(
    ObservationEnding Ending,
    string? Detail = null,
    DateTimeOffset? HeardUntil = null,
    TimeSpan HeldFor = default,
    bool WasHeldUp = false);
