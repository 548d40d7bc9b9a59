using System.Collections.Concurrent;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Accounts.Sharing;

/// <summary>Tells other replicas what this one finds of API keys, and this one what they find.</summary>
internal sealed class SharedKeys(AccountGate accounts, IBridgeStore store, TimeProvider time, ILogger<SharedKeys> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<KeyFinding> _found = new();
    private readonly Dictionary<string, KeyFinding> _known = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it knows what was found before it began.</summary>
    public Task HasLooked => _looked.Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!store.Lease.IsShared)
            return;

        accounts.Found = Tell;
        try
        {
            await Rounds.RunAsync(LookAsync, logger.SharingFailed, TimeSpan.FromSeconds(1), time, stoppingToken);
        }
        finally
        {
            accounts.Found = null;
        }
    }

    private void Tell(KeyFinding finding)
    {
        _found.Enqueue(finding);
        store.Signals.Keys.Set();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (_found.TryPeek(out var finding))
        {
            await store.NoteKeyAsync(finding, cancellationToken);
            _found.TryDequeue(out _);
        }

        foreach (var finding in await store.ListKeysAsync(cancellationToken))
        {
            if (_known.GetValueOrDefault(finding.Account) == finding)
                continue;

            _known[finding.Account] = finding;
            if (HasLooked.IsCompleted)
                accounts.Learn(finding);
            else
                accounts.Doubt(finding);
        }

        _looked.TrySetResult();
        await store.Signals.Keys.WaitAsync(LookEvery, time, cancellationToken);
    }
}
