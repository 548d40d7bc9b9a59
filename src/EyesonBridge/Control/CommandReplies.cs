using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>How commands are answered.</summary>
internal static class CommandReplies
{
    /// <summary>Answers if the command was sent as a request.</summary>
    public static Task AnswerAsync<TAnswer>(this ConsumeContext context, TAnswer answer)
        where TAnswer : class =>
        context.ResponseAddress is null ? Task.CompletedTask : context.RespondAsync(answer);

    /// <summary>Says no: to who asked, or else by the error queue.</summary>
    /// <exception cref="CommandRejectedException">The command was not sent as a request.</exception>
    public static Task RejectAsync(this ConsumeContext context, CommandRejected rejection, ILogger logger)
    {
        CommandSpans.NoteRejected(rejection.Code);
        logger.CommandRejected(rejection.Code, rejection.Message);
        return context.ResponseAddress is null
            ? Task.FromException(new CommandRejectedException(rejection.Code, rejection.Message))
            : context.RespondAsync(rejection);
    }
}
