using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>A candidate that observes rooms of a source, and a sink that drains what it publishes.</summary>
internal sealed class Session : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Lab _lab;

    private Session(Lab lab, Attached source, Attached sink, int sourcePort)
    {
        _lab = lab;
        Source = source;
        Sink = sink;
        SourcePort = sourcePort;
    }

    public Attached Source { get; }

    public Attached Sink { get; }

    public int SourcePort { get; }

    public Subject Subject { get; set; } = null!;

    /// <summary>From the start of the process until all rooms were confirmed.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts everything, and waits until all rooms are observed.</summary>
    public static async Task<Session> StartAsync(Lab lab, ObservingCandidate candidate, int rooms, CancellationToken cancellationToken)
    {
        var session = await PrepareAsync(lab, candidate, cancellationToken);
        try
        {
            session.Subject = await candidate.StartAsync(lab, session.SourcePort, rooms, cancellationToken);
            await session.WhenObservedAsync(rooms, cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts source and sink only.</summary>
    public static async Task<Session> PrepareAsync(Lab lab, ObservingCandidate candidate, CancellationToken cancellationToken)
    {
        var source = Attached.StartRole("source");
        Attached? sink = null;
        try
        {
            var port = int.Parse((await source.AnswerAsync("start", TimeSpan.FromSeconds(30), cancellationToken))[1], CultureInfo.InvariantCulture);
            sink = Attached.StartRole("sink", lab.Broker.Url.ToString(), candidate.Exchange, candidate.ExchangeType);
            await sink.AnswerAsync("start", TimeSpan.FromSeconds(30), cancellationToken);
            return new Session(lab, source, sink, port);
        }
        catch
        {
            await source.DisposeAsync();
            if (sink is not null)
                await sink.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until so many rooms are observed.</summary>
    public async Task WhenObservedAsync(int rooms, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(Source, string.Create(CultureInfo.InvariantCulture, $"rooms {rooms}"), cancellationToken);
        StartTime = Stopwatch.GetElapsedTime(Subject.StartedAt, long.Parse(answer[2], CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the candidate and starts it again with what it left behind, and waits until all rooms are observed.</summary>
    public async Task RestartAsync(ObservingCandidate candidate, int rooms, CancellationToken cancellationToken)
    {
        var before = Subject;
        await before.TerminateAsync();
        while (await Source.AskAsync("count", cancellationToken) is not [_, "0"])
            await Task.Delay(50, cancellationToken);
        Subject = await candidate.RestartAsync(_lab, SourcePort, rooms, before, cancellationToken);
        await before.DisposeAsync();
        await WhenObservedAsync(rooms, cancellationToken);
    }

    /// <summary>Sends events as fast as the candidate takes them, and waits until all have arrived.</summary>
    public Task<LoadResult> FloodAsync(LoadKind kind, int eventsEach, CancellationToken cancellationToken) =>
        LoadAsync(string.Create(CultureInfo.InvariantCulture, $"flood {kind} {eventsEach}"), cancellationToken);

    /// <summary>Sends so many events a second over all rooms, and waits until all have arrived.</summary>
    public Task<LoadResult> PaceAsync(LoadKind kind, int eventsPerSecond, int seconds, CancellationToken cancellationToken) =>
        LoadAsync(string.Create(CultureInfo.InvariantCulture, $"pace {kind} {eventsPerSecond} {seconds}"), cancellationToken);

    /// <summary>
    /// Waits until the candidate does next to nothing, 15 s at most. A runtime goes on compiling what has turned out to be used
    /// often for some seconds after a load, and longer on a busy machine.
    /// </summary>
    public async Task WhenQuietAsync(CancellationToken cancellationToken)
    {
        var window = TimeSpan.FromMilliseconds(500);
        for (var i = 0; i < 30 && await IdleCpuAsync(window, cancellationToken) > window * 0.05; i++)
            continue;
    }

    /// <summary>What it takes when nothing happens but pings.</summary>
    public async Task<TimeSpan> IdleCpuAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var before = Subject.Cpu;
        await Task.Delay(duration, cancellationToken);
        return Subject.Cpu - before;
    }

    public async ValueTask DisposeAsync()
    {
        if (Subject is not null)
            await Subject.DisposeAsync();
        await Source.DisposeAsync();
        await Sink.DisposeAsync();
    }

    private async Task<LoadResult> LoadAsync(string command, CancellationToken cancellationToken)
    {
        await Sink.AskAsync("reset", cancellationToken);
        var cpu = Subject.Cpu;
        var brokerCpu = _lab.BrokerCpu;
        var sent = SourceReport.Parse(await AskAsync(Source, command, cancellationToken));
        var received = SinkReport.Parse(await AskAsync(Sink, string.Create(CultureInfo.InvariantCulture, $"expect {sent.Stamped}"), cancellationToken));

        // What it does a little later, such as deleting what was confirmed, is part of the price.
        await Task.Delay(500, cancellationToken);
        var result = new LoadResult(sent, received, Subject.Cpu - cpu, _lab.BrokerCpu - brokerCpu);
        if (received.Missing > 0 || received.Late > 0)
            throw new BenchException($"{received.Missing} events were missing, {received.Late} came late or twice.");
        return result;
    }

    /// <summary>Asks, and does not wait any longer once the candidate has ended.</summary>
    private async Task<string[]> AskAsync(Attached process, string line, CancellationToken cancellationToken)
    {
        var answer = process.AskAsync(line, cancellationToken, Patience);
        try
        {
            if (await Task.WhenAny(answer, Subject.WhenExited) == answer)
                return await answer;
        }
        catch (BenchException error)
        {
            throw new BenchException($"{error.Message} The candidate's last lines:\n{Subject.LastLines}");
        }

        throw new BenchException($"The candidate ended. Its last lines:\n{Subject.LastLines}");
    }
}
