using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>
/// Writes the wish to have a permalink watched. Asks Eyeson first, so that a wrong token is refused at once; that one has
/// expired is told in the answer, and as an event, as it is later.
/// </summary>
internal sealed class ObservePermalinkConsumer(
    IBridgeStore store, EyesonPermalinkClient eyeson, AccountKeys accounts, KnownSecrets secrets, TimeProvider time, ILogger<ObservePermalinkConsumer> logger)
    : IConsumer<ObservePermalink>
{
    public async Task Consume(ConsumeContext<ObservePermalink> context)
    {
        var command = context.Message;
        if (PermalinkAnswers.CheckToken(command.Token, "token") is { } invalid)
        {
            await context.RejectAsync(invalid, logger);
            return;
        }

        if (accounts.Find(command.Account) is not { } account)
        {
            await context.RejectAsync(AccountRule.Unknown(command.Account, accounts), logger);
            return;
        }

        var answer = await eyeson.GetMeetingInfoAsync(command.Token, context.CancellationToken).CountedAsync();
        if (Check(answer) is { } rejection)
        {
            await context.RejectAsync(rejection, logger);
            return;
        }

        if (answer.Value is { Room.Id: { } roomId })
            secrets.Note(roomId, command.Token);
        var isNew = await store.RegisterPermalinkAsync(
            new PermalinkRow
            {
                Token = command.Token,
                Account = account,
                IsRecurring = command.Recurring == true,
                Status = PermalinkStatus.Waiting,
                PermalinkId = answer.Value?.Permalink.Id,
                RoomId = answer.Value?.Room.Id,
            },
            context.CancellationToken);
        await context.AnswerAsync(new PermalinkObservationAccepted
        {
            PermalinkId = answer.Value?.Permalink.Id,
            RoomId = answer.Value?.Room.Id,
            AlreadyRegistered = !isNew,
            ExpiredAt = answer.Value is { } meeting && meeting.IsExpired(time.GetUtcNow()) ? meeting.Permalink.ExpiresAt?.ToUniversalTime() : null,
        });
    }

    /// <summary>Null when the permalink can be watched, also while Eyeson does not answer.</summary>
    private static CommandRejected? Check(RestResult<PermalinkMeeting> answer) => answer switch
    {
        { IsOk: true, Value.Room.Id: { } roomId } => PermalinkAnswers.CheckRoom(roomId),
        { IsOk: true } => null,
        { Outcome: RestOutcome.Gone } => PermalinkAnswers.Expired(at: null),
        { Outcome: RestOutcome.NotFound or RestOutcome.Invalid } => PermalinkAnswers.Rejection(answer.Outcome),
        _ => null,
    };
}
