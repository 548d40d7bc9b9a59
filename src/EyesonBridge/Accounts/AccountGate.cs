using System.Collections.Concurrent;
using EyesonBridge.Pacing;
using EyesonBridge.Telemetry;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>
/// What is known about the keys: one that Eyeson rejected is not used again, by any room, until the account has another one
/// (its file changed). And it spreads handshakes and REST calls of an account over time.
/// </summary>
internal sealed class AccountGate(AccountKeys keys, IOptions<AccountPaceOptions> pace, TimeProvider time, ILogger<AccountGate> logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, RateLimiter> _handshakes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, RateLimiter> _calls = new(StringComparer.OrdinalIgnoreCase);

    private volatile int _sharers = 1;

    /// <summary>The accounts whose key was rejected and has not changed, sorted.</summary>
    public IReadOnlyList<string> Refused =>
        [.. _refused.Where(IsStill).Select(refused => refused.Key).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>How many bridges use the keys at the same time: the limits of an account are for all of them together.</summary>
    public int Sharers
    {
        get => _sharers;
        set => _sharers = value;
    }

    /// <summary>True while this key is known to be rejected.</summary>
    public bool IsRefused(string account, string apiKey) =>
        _refused.TryGetValue(account, out var refused) && string.Equals(refused, apiKey, StringComparison.Ordinal);

    /// <summary>Eyeson rejected a key.</summary>
    public void NoteRefused(string account, string apiKey)
    {
        if (IsRefused(account, apiKey))
            return;

        if (!keys.TryGetKey(account, out var now) || !string.Equals(now, apiKey, StringComparison.Ordinal))
            return; // the account has had another one since it was asked

        lock (_refused)
        {
            if (IsRefused(account, apiKey))
                return;
            _refused[account] = apiKey;
        }

        logger.KeyRefused(account);
    }

    /// <summary>Eyeson accepted a key. An answer that arrives after the same key was rejected is outdated and ignored.</summary>
    public void NoteAccepted(string account, string apiKey)
    {
        if (!_refused.TryGetValue(account, out var refused) || string.Equals(refused, apiKey, StringComparison.Ordinal))
            return;

        if (_refused.TryRemove(new KeyValuePair<string, string>(account, refused)))
            logger.KeyAccepted(account);
    }

    /// <summary>Completes when the account has a key other than the rejected one.</summary>
    public async Task WhenKeyChangesAsync(string account, CancellationToken cancellationToken)
    {
        while (_refused.TryGetValue(account, out var refused) && IsStill(new(account, refused)))
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    /// <summary>Waits for a turn to open a socket.</summary>
    public async Task<TimeSpan> WaitForHandshakeAsync(string account, CancellationToken cancellationToken)
    {
        var wait = await _handshakes
            .GetOrAdd(account, _ => new RateLimiter(pace.Value.HandshakesPerSecond, pace.Value.HandshakeBurst, time, () => _sharers))
            .WaitAsync(cancellationToken);
        BridgeMetrics.NoteHandshakeWait(wait);
        return wait;
    }

    /// <summary>Waits for a turn to call REST for one room.</summary>
    public Task<TimeSpan> WaitForCallAsync(string account, CancellationToken cancellationToken) =>
        _calls
            .GetOrAdd(account, _ => new RateLimiter(pace.Value.CallsPerSecond, pace.Value.CallsPerSecond, time, () => _sharers))
            .WaitAsync(cancellationToken);

    /// <summary>True while the account has the rejected key, or no readable one.</summary>
    private bool IsStill(KeyValuePair<string, string> refused) =>
        !keys.TryGetKey(refused.Key, out var now) || string.Equals(now, refused.Value, StringComparison.Ordinal);
}
