using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>How commands are answered.</summary>
internal static class CommandReplies
{
    /// <summary>Answers if the command was sent as a request.</summary>
    public static Task AnswerAsync<TAnswer>(this ConsumeContext context, TAnswer answer)
        where TAnswer : class =>
        context.ResponseAddress is null ? Task.CompletedTask : context.RespondAsync(answer, send => AnswerMarks.Put(context, send));

    /// <summary>Says no: to who asked, or else by the error queue. A command with a token that nobody asked by is dropped.</summary>
    /// <exception cref="CommandRejectedException">The command was not sent as a request, and has no token.</exception>
    public static Task RejectAsync<TCommand>(this ConsumeContext<TCommand> context, CommandRejected rejection, ILogger logger)
        where TCommand : class
    {
        CommandSpans.NoteRejected(rejection.Code);
        CommandResult.NoteRejected(context.ReceiveContext, rejection.Code);
        if (context.ResponseAddress is null && TokenCommands.Contain<TCommand>())
        {
            logger.CommandDropped(typeof(TCommand).Name, rejection.Code, rejection.Message);
            return Task.CompletedTask;
        }

        logger.CommandRejected(rejection.Code, rejection.Message);
        return context.ResponseAddress is null
            ? Task.FromException(new CommandRejectedException(rejection.Code, rejection.Message))
            : context.AnswerAsync(rejection);
    }
}
