using System.Collections.Concurrent;
using EyesonBridge.Accounts.Sharing;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
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
    private readonly ConcurrentDictionary<string, string> _doubted = new(StringComparer.OrdinalIgnoreCase); // fingerprints
    private readonly ConcurrentDictionary<string, RateLimiter> _handshakes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, RateLimiter> _calls = new(StringComparer.OrdinalIgnoreCase);

    private double _part = 1;
    private double _evenPart = 1;
    private volatile TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Told what is found here of the keys, for others to know.</summary>
    public Action<KeyFinding>? Found { get; set; }

    /// <summary>The accounts whose key was rejected and has not changed, sorted.</summary>
    public IReadOnlyList<string> Refused =>
        [.. _refused.Where(IsStill).Select(refused => refused.Key).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Which part of an account's handshakes is this bridge's: they are for all together that use its key.</summary>
    public double Part => Volatile.Read(ref _part);

    /// <summary>There are others that use the same keys.</summary>
    /// <param name="share">How many those are, and what each needs.</param>
    public void ShareWith(in ReplicaShare share)
    {
        Volatile.Write(ref _part, share.PartOfHandshakes);
        Volatile.Write(ref _evenPart, share.EvenPart);
    }

    /// <summary>The handshakes that wait for their turn, and those of late that still count against the limit.</summary>
    public int Handshakes => _handshakes.Values.Sum(static limiter => limiter.Load);

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
        _doubted.TryRemove(account, out _);
        Found?.Invoke(FindingOf(account, apiKey, isRefused: true));
    }

    /// <summary>Eyeson accepted a key. An answer that arrives after the same key was rejected is outdated and ignored.</summary>
    public void NoteAccepted(string account, string apiKey)
    {
        if (IsDoubted(account, apiKey) && _doubted.TryRemove(account, out _))
            Found?.Invoke(FindingOf(account, apiKey, isRefused: false));
        if (!_refused.TryGetValue(account, out var refused) || string.Equals(refused, apiKey, StringComparison.Ordinal))
            return;

        if (!_refused.TryRemove(new KeyValuePair<string, string>(account, refused)))
            return;

        logger.KeyAccepted(account);
        Found?.Invoke(FindingOf(account, apiKey, isRefused: false));
    }

    /// <summary>
    /// Another replica found it before this one began. Perhaps that was long ago: this one tries the key too, and what it finds
    /// the others learn.
    /// </summary>
    public void Doubt(KeyFinding finding)
    {
        if (finding.IsRefused)
            _doubted[finding.Account] = finding.Fingerprint;
    }

    /// <summary>Another replica found it, just now.</summary>
    public void Learn(KeyFinding finding)
    {
        if (keys.Find(finding.Account) is not { } account)
            return;

        if (finding.IsRefused)
            LearnRefused(account, finding.Fingerprint);
        else if (_refused.TryGetValue(account, out var refused) && Is(finding, account, refused) && _refused.TryRemove(new(account, refused)))
            logger.KeyAcceptedElsewhere(account);
        if (!finding.IsRefused)
            Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Completes when the account has a key other than the rejected one.</summary>
    public async Task WhenKeyChangesAsync(string account, CancellationToken cancellationToken)
    {
        while (_refused.TryGetValue(account, out var refused) && IsStill(new(account, refused)))
        {
            await _news.Task.WaitAsync(LookEvery, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits for a turn to open a socket.</summary>
    public async Task<TimeSpan> WaitForHandshakeAsync(string account, CancellationToken cancellationToken)
    {
        var wait = await _handshakes
            .GetOrAdd(account, _ => new RateLimiter(pace.Value.HandshakesPerSecond, pace.Value.HandshakeBurst, time, () => Part))
            .WaitAsync(cancellationToken);
        BridgeMetrics.NoteHandshakeWait(wait);
        return wait;
    }

    /// <summary>Waits for a turn to call REST for one room.</summary>
    public Task<TimeSpan> WaitForCallAsync(string account, CancellationToken cancellationToken) =>
        _calls
            .GetOrAdd(account, _ => new RateLimiter(pace.Value.CallsPerSecond, pace.Value.CallsPerSecond, time, () => Volatile.Read(ref _evenPart)))
            .WaitAsync(cancellationToken);

    private static KeyFinding FindingOf(string account, string apiKey, bool isRefused) =>
        new(KeyFingerprint.AccountOf(account), KeyFingerprint.Of(account, apiKey), isRefused);

    private static bool Is(KeyFinding finding, string account, string apiKey) =>
        string.Equals(finding.Fingerprint, KeyFingerprint.Of(account, apiKey), StringComparison.Ordinal);

    private void LearnRefused(string account, string fingerprint)
    {
        if (!keys.TryGetKey(account, out var now) || !string.Equals(fingerprint, KeyFingerprint.Of(account, now), StringComparison.Ordinal))
            return; // another key than this replica has

        lock (_refused)
        {
            if (IsRefused(account, now))
                return;
            _refused[account] = now;
        }

        _doubted.TryRemove(account, out _);
        logger.KeyRefusedElsewhere(account);
    }

    private bool IsDoubted(string account, string apiKey) =>
        !_doubted.IsEmpty && _doubted.TryGetValue(account, out var doubted) && string.Equals(doubted, KeyFingerprint.Of(account, apiKey), StringComparison.Ordinal);

    /// <summary>True while the account has the rejected key, or no readable one.</summary>
    private bool IsStill(KeyValuePair<string, string> refused) =>
        !keys.TryGetKey(refused.Key, out var now) || string.Equals(now, refused.Value, StringComparison.Ordinal);
}
