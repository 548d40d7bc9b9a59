using Microsoft.Extensions.Options;

namespace EyesonBridge.Bus;

/// <summary>
/// How many commands lie in the queues for those that were not carried out. The broker is asked in the background whenever
/// somebody wants to know, so that nobody waits for it: what is told is what it said the time before.
/// </summary>
/// <param name="publisher">Whose connection is used; null when there is no broker.</param>
/// <param name="options">The broker's settings.</param>
/// <param name="time">Clock.</param>
internal sealed class DeadCommandDepth(RabbitMqPublisher? publisher, IOptions<BusOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    private readonly (string Name, string Queue)[] _queues =
    [
        ("error", BusServices.Failed(options.Value.ControlQueue)),
        ("undeliverable", BusServices.Undeliverable(options.Value.ControlQueue)),
    ];

    private readonly CancellationTokenSource _stopping = new();
    private long _askedAt;
    private Task _asking = Task.CompletedTask;
    private volatile IReadOnlyList<(string Queue, long Commands)> _known = [];

    /// <summary>The queues by a short name, with what is in each; empty while the broker does not say.</summary>
    public IReadOnlyList<(string Queue, long Commands)> Read()
    {
        if (publisher is not null && _asking.IsCompleted && (_askedAt == 0 || time.GetElapsedTime(_askedAt) >= AskEvery))
        {
            _askedAt = time.GetTimestamp();
            _asking = AskAsync(publisher, _stopping.Token);
        }

        return _known;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task AskAsync(RabbitMqPublisher broker, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
#pragma warning disable CA1031 // whatever it is, the broker does not say, and others tell why
        try
        {
            var found = new List<(string, long)>();
            foreach (var (name, queue) in _queues)
                found.Add((name, await broker.CountAsync(queue, cancellationToken)));
            _known = found;
        }
        catch (Exception)
        {
            _known = [];
        }
#pragma warning restore CA1031
    }
}
