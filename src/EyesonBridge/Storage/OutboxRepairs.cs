namespace EyesonBridge.Storage;

/// <summary>What a command changed in the outbox beside the process that publishes it.</summary>
/// <param name="Gone">Of the entries asked about, those that the outbox does not hold any more.</param>
/// <param name="HasReplays">True when skipped events are to be put back.</param>
internal sealed record OutboxRepairs(IReadOnlyList<long> Gone, bool HasReplays);
