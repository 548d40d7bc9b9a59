using EyesonBridge.Eyeson.Rest;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>Eyeson's REST with the key of an account, as it is at the moment of the call.</summary>
internal sealed class EyesonRest(
    HttpClient http, IOptions<EyesonOptions> options, AccountKeys keys, AccountGate gate, TimeProvider time)
{
    /// <summary>The meetings that run. Eyeson tells them to every key that it accepts: a refusal is noted as one of the key.</summary>
    public async Task<RestResult<IReadOnlyList<RunningRoom>>> GetRoomsAsync(string account, CancellationToken cancellationToken)
    {
        var (result, apiKey) = await AskAsync(account, client => client.GetRoomsAsync(cancellationToken));
        if (result.Outcome == RestOutcome.KeyRefused && apiKey is not null)
            gate.NoteRefused(account, apiKey);
        return result;
    }

    /// <summary>Asks with the account's key, and gives that too; null when it was not asked.</summary>
    /// <remarks>A refusal may be one of what was asked for: nothing is noted of the key then. <see cref="AccountCalls"/> finds out.</remarks>
    public async Task<(RestResult<T> Result, string? ApiKey)> AskAsync<T>(string account, Func<EyesonRestClient, Task<RestResult<T>>> call)
        where T : class
    {
        if (!keys.TryGetKey(account, out var apiKey))
            return (new() { Outcome = RestOutcome.Unreachable, Reason = "The account's API key cannot be read." }, null);
        if (gate.IsRefused(account, apiKey))
            return (new() { Outcome = RestOutcome.KeyRefused }, null);

        var client = new EyesonRestClient(http, new EyesonRestOptions { Url = new Uri(options.Value.Url), ApiKey = apiKey, Retries = 0 }, time); // its callers try again, at their own pace
        var result = await call(client).CountedAsync();
        if (result.IsOk)
            gate.NoteAccepted(account, apiKey);
        return (result, apiKey);
    }
}
