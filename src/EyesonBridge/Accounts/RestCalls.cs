using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Accounts;

/// <summary>Calls of Eyeson's REST, as they are counted.</summary>
internal static class RestCalls
{
    /// <summary>Counts a call by its outcome.</summary>
    public static async Task<RestResult<T>> CountedAsync<T>(this Task<RestResult<T>> call)
        where T : class
    {
        var result = await call;
        OutcomeMetrics.NoteRest(result.Outcome);
        return result;
    }
}
