namespace EyesonBridge.Storage;

/// <summary>
/// Rooms that change their owner without a gap: the one offers them, the other subscribes beside it and says when it hears
/// them, the one stops and hands them over with what it heard since the offer, and the other goes on.
/// </summary>
internal interface IRoomHandovers
{
    /// <summary>From now on a replica takes no more rooms, and counts as none of those among whom they are spread.</summary>
    Task LeaveAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Offers rooms that a replica owns to the others.</summary>
    Task OfferAsync(string owner, IReadOnlyList<string> roomIds, CancellationToken cancellationToken);

    /// <summary>Accepts up to <paramref name="limit"/> of what others offer and nobody who lives has accepted.</summary>
    Task<IReadOnlyList<OfferedRoom>> AcceptAsync(string successor, int limit, CancellationToken cancellationToken);

    /// <summary>The successor hears these rooms.</summary>
    Task NoteReadyAsync(string successor, IReadOnlyList<string> roomIds, CancellationToken cancellationToken);

    /// <summary>The rooms that a replica offers and a successor that lives hears.</summary>
    Task<IReadOnlyList<string>> ListReadyAsync(string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the successors the owners of rooms, at the next epoch. A successor publishes its room too when nothing of it is left to
    /// be published here, else once that is out.
    /// </summary>
    /// <param name="owner">Who owns them.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that have a successor; of the others the offer is taken back.</returns>
    Task<IReadOnlyList<string>> HandOverAsync(string owner, IReadOnlyList<GivenRoom> rooms, CancellationToken cancellationToken);

    /// <summary>The rooms that were handed over to a replica since it asked last.</summary>
    Task<IReadOnlyList<HandedRoom>> TakeAsync(string successor, CancellationToken cancellationToken);

    /// <summary>Of the rooms that a replica has accepted, those of which that still counts.</summary>
    Task<IReadOnlyList<string>> ListAcceptedAsync(string successor, CancellationToken cancellationToken);

    /// <summary>Takes back what a replica has offered or accepted of these rooms, and is not handed over yet.</summary>
    Task WithdrawAsync(string replica, IReadOnlyList<string> roomIds, CancellationToken cancellationToken);
}
