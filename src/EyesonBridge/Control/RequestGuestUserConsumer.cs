using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Permalinks;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Creates a guest for a meeting that runs. The access key goes to who asked, and nowhere else.</summary>
internal sealed class RequestGuestUserConsumer(
    EyesonPermalinkClient eyeson, OnceOnly once, KnownSecrets secrets, TimeProvider time, ILogger<RequestGuestUserConsumer> logger) : IConsumer<RequestGuestUser>
{
    private const int MaxName = 200;

    public async Task Consume(ConsumeContext<RequestGuestUser> context)
    {
        var command = context.Message;
        if (Check(context) is { } rejection)
        {
            await context.RejectAsync(rejection, logger);
            return;
        }

        var guest = new GuestRequest { Name = command.Name, Email = command.Email, Locale = command.Locale };
        var answer = await once.CallAsync(
            context, command.GuestToken, () => eyeson.CreateGuestAsync(command.GuestToken, guest, context.CancellationToken).CountedAsync());
        if (answer is not { IsOk: true, Value: { AccessKey: { } accessKey, Room.Id: { } roomId } access })
        {
            await context.RejectAsync(await ExplainAsync(command.GuestToken, answer, context.CancellationToken), logger);
            return;
        }

        secrets.Note(roomId, command.GuestToken);
        secrets.Note(roomId, accessKey);
        logger.GuestCreated(roomId);
        await context.AnswerAsync(new GuestUserCreated { RoomId = roomId, AccessKey = accessKey, JoinUrl = access.Links?.Gui });
    }

    private static CommandRejected? Check(ConsumeContext<RequestGuestUser> context)
    {
        if (context.ResponseAddress is null)
            return PermalinkAnswers.NoRequest();
        if (PermalinkAnswers.CheckToken(context.Message.GuestToken, "guestToken") is { } invalid)
            return invalid;

        return string.IsNullOrWhiteSpace(context.Message.Name) || context.Message.Name.Length > MaxName
            ? new CommandRejected { Code = RejectionCodes.InvalidName, Message = $"name is missing, or longer than {MaxName} characters." }
            : null;
    }

    /// <summary>
    /// Eyeson rejects a guest of a permalink in the same way whether its meeting has not started, is over, or the permalink has expired
    /// or never existed; asking about the permalink shows which.
    /// </summary>
    private async Task<CommandRejected> ExplainAsync(string token, RestResult<MeetingAccess> refusal, CancellationToken cancellationToken)
    {
        if (refusal.Outcome is RestOutcome.NotFound or RestOutcome.Gone
            && await eyeson.GetMeetingInfoAsync(token, cancellationToken).CountedAsync() is { IsOk: true, Value: { } meeting })
        {
            if (meeting.IsExpired(time.GetUtcNow()))
                return PermalinkAnswers.Expired(meeting.Permalink.ExpiresAt);
            if (!meeting.IsStarted)
                return PermalinkAnswers.NotStarted();
        }

        return PermalinkAnswers.Rejection(refusal.Outcome);
    }
}
