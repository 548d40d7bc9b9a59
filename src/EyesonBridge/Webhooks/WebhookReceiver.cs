using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Webhooks;

/// <summary>
/// Takes up a webhook whose signature is right: a room that runs is registered, recordings and snapshots go to the room's
/// inbox. It returns after that is on disk.
/// </summary>
internal sealed class WebhookReceiver(IBridgeStore store, TimeProvider time, ILogger<WebhookReceiver> logger)
{
    /// <summary>Eyeson reports that a room is starting; observers may not be able to connect yet.</summary>
    private static readonly TimeSpan RunsWithin = TimeSpan.FromMinutes(1);

    /// <returns>False when nothing could be done about it.</returns>
    public async Task<bool> TakeAsync(string account, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var happened = ObserverEventReader.Read(body);
        var room = RoomOf(happened);
        if (room?.Id is not { Length: > 0 } roomId)
        {
            logger.WithoutRoom(account, SenderText.Cut(happened.Type));
            return false;
        }

        if (RoomIds.Problem(roomId) is { } problem)
        {
            logger.UnusableId(account, happened.Type, problem);
            return false;
        }

        var now = time.GetUtcNow();
        var isOurs = true;
        if (happened is RoomUpdate)
            isOurs = await RegisterAsync(account, roomId, room, now, cancellationToken);
        else if (await store.FindRoomAsync(roomId, cancellationToken) is { } known && !string.Equals(known.Account, account, StringComparison.Ordinal))
            isOurs = TellOther(account, happened.Type, roomId, known.Account); // the room's events would carry the wrong account
        else
            await store.DeliverAsync(new InboxEntry(Id: 0, roomId, account, InboxKind.Webhook, body, now), cancellationToken);
        logger.Taken(account, SenderText.Cut(happened.Type), SenderText.Cut(roomId));
        return isOurs;
    }

    /// <summary>The room's observer learns of the end of a meeting from the socket.</summary>
    private async Task<bool> RegisterAsync(string account, string roomId, Room room, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (room.Shutdown == true)
            return true;

        var meetingId = room.StartedAt is { } startedAt ? MeetingState.MeetingId(roomId, startedAt) : null;
        var registration = new RoomRegistration(roomId, account, IntentSources.Webhook, now + RunsWithin, now, meetingId);
        var result = await store.RegisterRoomAsync(registration, cancellationToken);
        return result.Outcome != RegistrationOutcome.AccountConflict
            || TellOther(account, ObserverEventTypes.RoomUpdate, roomId, result.Room.Account);
    }

    private bool TellOther(string account, string? type, string roomId, string other)
    {
        logger.OfOtherAccount(account, SenderText.Cut(type), SenderText.Cut(roomId)!, other);
        return false;
    }

    private static Room? RoomOf(ObserverEvent happened) => happened switch
    {
        RoomUpdate update => update.Room,
        RecordingUpdate update => update.Recording?.Room,
        SnapshotUpdate update => update.Snapshots?.FirstOrDefault(snapshot => snapshot.Room?.Id is not null)?.Room,
        _ => null,
    };
}
