using EyesonBridge.Contracts.V1;
using EyesonBridge.Observation.Endings;
using EyesonBridge.Observation.Handover;

namespace EyesonBridge.Observation.Room;

/// <content>How the room goes to another replica, and comes from one.</content>
internal sealed partial class RoomObserver
{
    /// <summary>True while the room is heard, and everything of it in time: then it can be handed over.</summary>
    public bool IsSettled => _journal.Status == ObservationStatus.Observing && _connection is { IsSettled: true };

    /// <inheritdoc cref="RoomConnection.HasReadUntil"/>
    public bool HasReadUntil(DateTimeOffset until) => IsSettled && _connection!.HasReadUntil(until);

    /// <summary>True when what is heard since the offer is known.</summary>
    public bool IsOffered => _journal.Heard is { IsWhole: true };

    /// <summary>
    /// What was heard since the offer, once the observer has ended; null when it did not hear all to the end, or could not write it.
    /// </summary>
    public byte[]? Heard =>
        _journal is { Status: ObservationStatus.Observing, Lost.IsCancellationRequested: false, Heard: { IsWhole: true } heard } ? heard.Write() : null;

    /// <summary>Begins to note what is heard, for another replica. False when it is not certain that all is.</summary>
    public bool TryOffer()
    {
        if (!IsSettled)
            return false;

        _journal.Heard = new HeardFrames(_services.Time);
        return true;
    }

    /// <summary>The room is not handed over.</summary>
    public void EndOffer() => _journal.Heard = null;

    /// <summary>Goes on with the connection that was opened beside the room's former owner; null when that cannot be done without a gap.</summary>
    private async Task<Attempt?> ContinueAsync()
    {
        if (_succession is not { Incoming: var incoming })
            return null;

        await using (incoming)
        {
            if (StoppedAs() is not null || _journal.Status != ObservationStatus.Observing)
                return null; // nothing is observed, so nothing is missed

            var startedAt = _services.Time.GetTimestamp();
            var connection = RoomConnection.Continue(_journal, _services, incoming, _stopping.Token);
            try
            {
                if (await incoming.AttachAsync(connection, _succession.Heard, _succession.Ago) is { } problem)
                {
                    _services.Logger.NotContinued(RoomId, problem);
                    return null;
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return null;
            }

            _connection = connection;
            await using var stopping = _stopping.Token.UnsafeRegister(static incoming => ((IncomingRoom)incoming!).Stop(), incoming);
            return await EndAsync(connection, await incoming.Running, startedAt);
        }
    }
}
