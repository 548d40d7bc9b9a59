namespace EyesonBridge.Storage;

/// <summary>The replicas that share a store: who they are, and what only their memory knows.</summary>
internal interface IReplicaGroup
{
    /// <summary>Answers what another replica asks; null when there is nothing to say. Answers take at most <see cref="MostBytes"/>.</summary>
    Func<string, CancellationToken, Task<string?>>? Answer { get; set; }

    /// <summary>Tells how many handshakes this replica waits for or has made of late; the others learn it with each renewal of its lease.</summary>
    Func<int>? Handshakes { get; set; }

    /// <summary>How long a question or an answer may be, in UTF-8.</summary>
    int MostBytes { get; }

    /// <summary>Those that are alive, by name, with the number of rooms that each owns.</summary>
    Task<IReadOnlyList<LiveReplica>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Asks other replicas, and waits for a second at most.</summary>
    /// <param name="owners">Whom.</param>
    /// <param name="question">What; one line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answers by replica; those that did not answer are left out.</returns>
    Task<IReadOnlyDictionary<string, string>> AskAsync(IReadOnlyCollection<string> owners, string question, CancellationToken cancellationToken);

    /// <summary>When the oldest event that waits of each of these rooms was appended; rooms of which none waits are left out.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> OldestOfAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken);
}
