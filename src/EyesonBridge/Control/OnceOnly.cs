using EyesonBridge.Eyeson.Rest;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>
/// What Eyeson answered to commands that must not be carried out twice. When such an answer cannot be sent, the command is
/// retried, or the broker delivers it again: then the answer is sent, and Eyeson is not asked. A command that comes again
/// and is not known was perhaps carried out by a process before this one, so it is not carried out.
/// </summary>
internal sealed class OnceOnly(TimeProvider time)
{
    /// <summary>How long an answer is kept: it contains an access key.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private const int MostKept = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Command, Task<RestResult<MeetingAccess>>> _answers = [];
    private readonly Queue<(Command Command, long At)> _oldest = [];

    /// <summary>Calls Eyeson for a command, unless that was done.</summary>
    /// <param name="context">The command.</param>
    /// <param name="token">The token that it names: whoever sends another command with its id learns nothing.</param>
    /// <param name="call">Calls Eyeson.</param>
    public Task<RestResult<MeetingAccess>> CallAsync(ConsumeContext context, string token, Func<Task<RestResult<MeetingAccess>>> call) =>
        (context.RequestId ?? context.MessageId) is { } id
            ? CallAsync(new Command(id, token, context.ResponseAddress), context.ReceiveContext.Redelivered, call)
            : call();

    /// <summary>Calls Eyeson for a command, unless that was done.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isRedelivered">True when the broker has delivered it before.</param>
    /// <param name="call">Calls Eyeson.</param>
    public Task<RestResult<MeetingAccess>> CallAsync(Command command, bool isRedelivered, Func<Task<RestResult<MeetingAccess>>> call)
    {
        lock (_gate)
        {
            Forget();
            if (_answers.TryGetValue(command, out var known))
                return known;

            var answer = isRedelivered ? Task.FromResult(Unknown) : CallAsync(call);
            _answers.Add(command, answer);
            _oldest.Enqueue((command, time.GetTimestamp()));
            return answer;
        }
    }

    private static RestResult<MeetingAccess> Unknown => new() { Outcome = RestOutcome.Unreachable };

    private static async Task<RestResult<MeetingAccess>> CallAsync(Func<Task<RestResult<MeetingAccess>>> call)
    {
        await Task.Yield(); // not under the lock
        try
        {
            return await call();
        }
        catch (OperationCanceledException)
        {
            return Unknown;
        }
    }

    private void Forget()
    {
        while (_oldest.TryPeek(out var oldest) && (_oldest.Count >= MostKept || time.GetElapsedTime(oldest.At) > KeptFor))
        {
            _oldest.Dequeue();
            _answers.Remove(oldest.Command);
        }
    }

    /// <summary>What a command is known by.</summary>
    /// <param name="Id">Of the request, or else of the message.</param>
    /// <param name="Token">The token in it.</param>
    /// <param name="ResponseAddress">Where its answer goes.</param>
    public readonly record struct Command(Guid Id, string Token, Uri? ResponseAddress);
}
