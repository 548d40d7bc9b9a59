namespace EyesonBridge.Storage;

/// <summary>
/// What an operator does to single rooms of a store, beside bridges that may have it open: each change is one short
/// transaction, on rows that no bridge is working on.
/// </summary>
/// <remarks>All throw a <see cref="StoreException"/> when the store cannot be used.</remarks>
internal interface IStoreRepair : IAsyncDisposable
{
    /// <summary>What does not go on by itself, by room.</summary>
    Task<IReadOnlyList<SetAsideCount>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gives up what of a room cannot be read, so that it is claimed again. What wants the room is
    /// summed up again; when nothing is known, a room whose observation is not over is wanted by a command. A room of unknown
    /// status begins anew. Null when the room is not set aside.
    /// </summary>
    Task<RepairedRoom?> RepairAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Takes the first event of a room that waits out of the outbox, and keeps it. Null when none waits.</summary>
    Task<SkippedEvent?> SkipAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>Has the skipped events of a room put back into the outbox, by a bridge that runs or the next that starts.</summary>
    /// <returns>How many.</returns>
    Task<int> ReplayAsync(string roomId, CancellationToken cancellationToken);
}
