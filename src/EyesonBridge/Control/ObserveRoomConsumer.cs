using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Writes the wish to have a room observed.</summary>
internal sealed class ObserveRoomConsumer(
    IBridgeStore store, AccountKeys accounts, ObservationConfirmation confirmation, TimeProvider time, ILogger<ObserveRoomConsumer> logger) : IConsumer<ObserveRoom>
{
    public async Task Consume(ConsumeContext<ObserveRoom> context)
    {
        var command = context.Message;
        CommandSpans.NoteRoom(command.RoomId);
        var now = time.GetUtcNow();
        if (Check(command, now) is { } rejection)
        {
            await context.RejectAsync(rejection, logger);
            return;
        }

        var account = accounts.Find(command.Account)!;
        var registration = new RoomRegistration(command.RoomId, account, IntentSources.Command, command.WaitUntil?.ToUniversalTime(), now);
        var result = await store.RegisterRoomAsync(registration, context.CancellationToken);
        if (result.Outcome == RegistrationOutcome.AccountConflict)
        {
            await context.RejectAsync(Conflict(command.RoomId, result.Room.Account), logger);
            return;
        }

        logger.RoomRegistered(command.RoomId, account);
        var isAsked = command.Confirm is not null && context.ResponseAddress is not null;
        var room = isAsked ? await ConfirmAsync(context, result.Room) : result.Room;
        if (isAsked && room.Status == ObservationStatus.Rejected)
        {
            await context.RejectAsync(Refused(room), logger);
            return;
        }

        await context.AnswerAsync(new ObservationAccepted
        {
            RoomId = command.RoomId,
            Account = account,
            Status = room.Status,
            AlreadyRegistered = result.Outcome == RegistrationOutcome.AlreadyRegistered,
            Confirmed = isAsked ? room.Status == ObservationStatus.Observing : null,
        });
    }

    /// <summary>The wish is written: commands on the room that came later need not wait for what becomes of it.</summary>
    private Task<RoomRow> ConfirmAsync(ConsumeContext<ObserveRoom> context, RoomRow room)
    {
        if (context.TryGetPayload(out CommandLines.Place? place))
            place.Dispose();
        return confirmation.WaitAsync(room, context.Message.Confirm!.Value, context.CancellationToken);
    }

    private CommandRejected? Check(ObserveRoom command, DateTimeOffset now)
    {
        if (RoomIdRule.Check(command.RoomId) is { } invalid)
            return invalid;

        if (accounts.Find(command.Account) is null)
            return AccountRule.Unknown(command.Account, accounts);

        return command.WaitUntil is { } until && until <= now
            ? new CommandRejected
            {
                Code = RejectionCodes.InvalidWaitUntil,
                Message = $"waitUntil ({until:O}) is in the past. Give a time in the future, or leave it out if the room is already running.",
            }
            : null;
    }

    private static CommandRejected Refused(RoomRow room) => room.Reason switch
    {
        RejectionCodes.RoomNotRunning => new()
        {
            Code = RejectionCodes.RoomNotRunning,
            Message = $"Room '{room.RoomId}' is not running with the key of account '{room.Account}'. Check the id, or give waitUntil to wait for it.",
        },
        RejectionCodes.UnknownAccount => new()
        {
            Code = RejectionCodes.UnknownAccount,
            Message = $"Room '{room.RoomId}' belongs to account '{room.Account}', which is no longer configured, or whose key cannot be read.",
        },
        _ => new()
        {
            Code = RejectionCodes.InvalidApiKey,
            Message = $"Eyeson rejects the API key of account '{room.Account}'. Set a valid one, and register the room again.",
        },
    };

    private static CommandRejected Conflict(string roomId, string account) => new()
    {
        Code = RejectionCodes.AccountConflict,
        Message = $"Room '{roomId}' is already being observed with the key of account '{account}'. Stop that observation first.",
    };
}
