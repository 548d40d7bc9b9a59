using System.Collections.Concurrent;
using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Accounts;

/// <summary>
/// Tells whether a room runs, and whether the key is accepted (<c>GET /rooms</c>). Rooms of an account that ask at about the same time share a request,
/// so that a thousand rooms dropped at once cost one or two.
/// </summary>
internal sealed class RoomDirectory(EyesonRest rest, TimeProvider time, ILogger<RoomDirectory> logger)
{
    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SharedRequest<RestResult<IReadOnlyList<RunningRoom>>>> _requests =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Asks for one room.</summary>
    public async Task<RoomLookup> LookUpAsync(string account, string roomId, CancellationToken cancellationToken) =>
        Interpret(await AskAsync(account, cancellationToken), roomId);

    /// <summary>Asks whether Eyeson refuses the account's key.</summary>
    public async Task<bool> IsKeyRefusedAsync(string account, CancellationToken cancellationToken) =>
        await AskAsync(account, cancellationToken) is { Outcome: RestOutcome.KeyRefused };

    private static RoomLookup Interpret(RestResult<IReadOnlyList<RunningRoom>> result, string roomId) => result switch
    {
        { IsOk: true } => result.Value.Any(room => IsRunning(room, roomId)) ? RoomLookup.Running : RoomLookup.NotRunning,
        { Outcome: RestOutcome.KeyRefused } => RoomLookup.KeyRefused,
        _ => RoomLookup.Unknown,
    };

    private static bool IsRunning(RunningRoom room, string roomId) =>
        string.Equals(room.Id, roomId, StringComparison.Ordinal) && room.Shutdown != true;

    private Task<RestResult<IReadOnlyList<RunningRoom>>> AskAsync(string account, CancellationToken cancellationToken) =>
        _requests
            .GetOrAdd(account, name => new SharedRequest<RestResult<IReadOnlyList<RunningRoom>>>(() => RequestAsync(name), Distance, time))
            .AskAsync()
            .WaitAsync(cancellationToken);

    private async Task<RestResult<IReadOnlyList<RunningRoom>>> RequestAsync(string account)
    {
        var result = await rest.GetRoomsAsync(account, CancellationToken.None);
        if (result is { IsOk: false, Outcome: not RestOutcome.KeyRefused })
            logger.LookupFailed(account, result.Reason ?? result.Outcome.ToString());
        return result;
    }
}
