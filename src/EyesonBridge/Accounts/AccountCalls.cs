using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Accounts;

/// <summary>Calls in the name of an account for something that its key may, or may not, see.</summary>
internal sealed class AccountCalls(EyesonRest rest, RoomDirectory directory)
{
    /// <summary>
    /// Makes a call. 401 and 403 may be an answer to what was asked for, not to who asks: the meetings are asked for then, once for
    /// all who want to know at about the same time, and <see cref="RestOutcome.KeyRefused"/> is only what is refused there too.
    /// </summary>
    public async Task<RestResult<T>> CallAsync<T>(
        string account, Func<EyesonRestClient, Task<RestResult<T>>> call, CancellationToken cancellationToken)
        where T : class
    {
        var (result, apiKey) = await rest.AskAsync(account, call);
        if (result.Outcome != RestOutcome.KeyRefused || apiKey is null || await directory.IsKeyRefusedAsync(account, cancellationToken))
            return result;

        return result with { Outcome = RestOutcome.UnexpectedStatus, Reason = $"Eyeson answers {result.Status} to this, but not to the list of meetings." };
    }
}
