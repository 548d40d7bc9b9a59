using System.Collections.Concurrent;
using EyesonBridge.Bus.Access;
using EyesonBridge.Pacing;
using MassTransit;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>
/// Whether the broker can be reached and lets the bridge work, and if not, why. Each reason is logged once, until all is
/// well again.
/// </summary>
internal sealed class BrokerConnection(IOptions<BusOptions> options, BrokerTrust trust, ILogger<BrokerConnection> logger) : IReceiveEndpointObserver
{
    private readonly ConcurrentDictionary<string, byte> _told = new(StringComparer.Ordinal);
    private string? _problem;
    private volatile bool _isReady;

    /// <summary>Why the broker cannot be used, and what to do; null when it can, or was not tried yet.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>An attempt to connect failed.</summary>
    public void NoteUnreachable(BrokerUnreachableException error)
    {
        var problem = BrokerHost.Explain(new Uri(options.Value.Url), trust.Server, error);
        if (IsNew(problem))
            logger.BrokerUnreachable(problem);
    }

    /// <summary>Whether the control queue is read.</summary>
    public bool IsReady => _isReady;

    /// <summary>Set when something failed that can be a refusal of the broker's: <see cref="BrokerExamination"/> then finds out what.</summary>
    public AsyncSignal Doubts { get; } = new();

    /// <summary>The broker refuses what the bridge cannot do without.</summary>
    public void NoteRefused(string problem)
    {
        if (IsNew(problem))
            logger.BrokerRefuses(problem);
    }

    /// <summary>
    /// Takes an error that comes of a refusal of the broker's while the control queue is not read. While it is read, a refusal
    /// is about something else, such as the address for an answer.
    /// </summary>
    /// <returns>Whether it is one.</returns>
    public bool TakeRefusal(Exception? error)
    {
        // Where the broker closes a channel with several declarations under way, the client can fail with the latter.
        if (_isReady || !(error?.GetBaseException() is ObjectDisposedException || BrokerRefusal.Explain(new Uri(options.Value.Url), error) is not null))
            return false;

        Doubts.Set();
        return true;
    }

    /// <summary>The control queue is read: the broker is there.</summary>
    public Task Ready(ReceiveEndpointReady ready)
    {
        if (!IsControlQueue(ready))
            return Task.CompletedTask;

        _isReady = true;
        _told.Clear();
        if (Interlocked.Exchange(ref _problem, null) is not null)
            logger.BrokerReachable();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    /// <summary>The control queue cannot be read.</summary>
    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        if (!IsControlQueue(faulted))
            return Task.CompletedTask;

        _isReady = false;
        Doubts.Set();
        return Task.CompletedTask;
    }

    /// <summary>The bus has a queue for answers too, which it declares only when it asks for something.</summary>
    private bool IsControlQueue(ReceiveEndpointEvent happened) =>
        string.Equals(happened.InputAddress.AbsolutePath.Split('/')[^1], options.Value.ControlQueue, StringComparison.Ordinal);

    private bool IsNew(string problem)
    {
        Volatile.Write(ref _problem, problem);
        return _told.TryAdd(problem, 0);
    }
}
