using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Candidates;

/// <summary>A program that takes events from Eyeson to RabbitMQ.</summary>
internal abstract record ObservingCandidate(string Name) : Candidate(Name)
{
    /// <summary>The exchange that all its events reach.</summary>
    public abstract string Exchange { get; }

    public abstract string ExchangeType { get; }

    /// <summary>Starts it, to observe rooms 1 to <paramref name="rooms"/> of the source.</summary>
    public abstract Task<Subject> StartAsync(Lab lab, int sourcePort, int rooms, CancellationToken cancellationToken);

    /// <summary>Starts it again, with what the process before it has left behind.</summary>
    public abstract Task<Subject> RestartAsync(Lab lab, int sourcePort, int rooms, Subject before, CancellationToken cancellationToken);
}
