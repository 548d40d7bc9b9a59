using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Starts, or joins, the meeting of a permalink as its host. The access key goes to who asked, and nowhere else.</summary>
internal sealed class StartPermalinkMeetingConsumer(
    IBridgeStore store,
    EyesonPermalinkClient eyeson,
    OnceOnly once,
    AccountKeys accounts,
    KnownSecrets secrets,
    TimeProvider time,
    ILogger<StartPermalinkMeetingConsumer> logger)
    : IConsumer<StartPermalinkMeeting>
{
    public async Task Consume(ConsumeContext<StartPermalinkMeeting> context)
    {
        var command = context.Message;
        if (Check(context) is { } rejection)
        {
            await context.RejectAsync(rejection, logger);
            return;
        }

        var answer = await once.CallAsync(
            context, command.UserToken, () => eyeson.StartMeetingAsync(command.UserToken, context.CancellationToken).CountedAsync());
        if (answer is not { IsOk: true, Value: { AccessKey: { } accessKey, Room.Id: { } roomId } access })
        {
            var refused = answer.Outcome == RestOutcome.Gone ? PermalinkAnswers.Expired(at: null) : PermalinkAnswers.Rejection(answer.Outcome);
            await context.RejectAsync(refused, logger);
            return;
        }

        secrets.Note(roomId, command.UserToken);
        secrets.Note(roomId, accessKey);
        var observedWith = command.Observe == true
            ? await ObserveAsync(roomId, accounts.Find(command.Account)!, context.CancellationToken)
            : null;

        logger.StartedAsHost(roomId);
        await context.AnswerAsync(new PermalinkMeetingReady
        {
            RoomId = roomId,
            AccessKey = accessKey,
            JoinUrl = access.Links?.Gui,
            StartedAt = access.Room.StartedAt?.ToUniversalTime(),
            Account = observedWith,
        });
    }

    private CommandRejected? Check(ConsumeContext<StartPermalinkMeeting> context)
    {
        if (context.ResponseAddress is null)
            return PermalinkAnswers.NoRequest();
        if (PermalinkAnswers.CheckToken(context.Message.UserToken, "userToken") is { } invalid)
            return invalid;

        return context.Message.Observe == true && accounts.Find(context.Message.Account) is null
            ? AccountRule.Unknown(context.Message.Account, accounts)
            : null;
    }

    /// <returns>The account whose key observes the room: another one when that does so already; null when none can.</returns>
    private async Task<string?> ObserveAsync(string roomId, string account, CancellationToken cancellationToken)
    {
        if (RoomIds.Problem(roomId) is { } problem)
        {
            logger.NotObservable(problem);
            return null;
        }

        var now = time.GetUtcNow();
        var registration = new RoomRegistration(roomId, account, IntentSources.Command, now + PermalinkReading.RunsWithin, now);
        var result = await store.RegisterRoomAsync(registration, cancellationToken);
        if (result.Outcome == RegistrationOutcome.AccountConflict)
            logger.ObservedByOther(roomId, result.Room.Account, account);
        else
            logger.RoomRegistered(roomId, account);
        return result.Room.Account;
    }
}
