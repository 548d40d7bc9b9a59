using EyesonBridge.Eyeson.Rest;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>Eyeson's REST with the key of an account, as it is at the moment of the call.</summary>
internal sealed class EyesonRest(
    HttpClient http, IOptions<EyesonOptions> options, AccountKeys keys, AccountGate gate, TimeProvider time)
{
    /// <summary>Makes a call, and notes what it says of the key.</summary>
    public async Task<RestResult<T>> CallAsync<T>(string account, Func<EyesonRestClient, Task<RestResult<T>>> call)
        where T : class
    {
        if (!keys.TryGetKey(account, out var apiKey))
            return new RestResult<T> { Outcome = RestOutcome.Unreachable, Reason = "The account's API key cannot be read." };
        if (gate.IsRefused(account, apiKey))
            return new RestResult<T> { Outcome = RestOutcome.KeyRefused };

        var client = new EyesonRestClient(http, new EyesonRestOptions { Url = new Uri(options.Value.Url), ApiKey = apiKey, Retries = 0 }, time); // its callers try again, at their own pace
        var result = await call(client).CountedAsync();
        if (result.Outcome == RestOutcome.KeyRefused)
            gate.NoteRefused(account, apiKey);
        else if (result.IsOk)
            gate.NoteAccepted(account, apiKey);
        return result;
    }
}
