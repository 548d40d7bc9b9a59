using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Processes;

namespace EyesonBridge.Bench.Scenarios;

/// <summary><c>list</c> on the command line, of a worker whose store has gathered many observations that are over.</summary>
internal sealed class ListScenario : ObservingScenario
{
    private const int Ended = 200_000;

    private static readonly Measure Took = new("took", "list takes", "s");
    private static readonly Measure ClientCpu = new("client-cpu", "CPU of the command", "s");
    private static readonly Measure BridgeCpu = new("bridge-cpu", "CPU of the bridge for it", "s");
    private static readonly Measure Page = new("status-page", "the status page takes", "s");
    private static readonly Measure Memory = new("rss", "memory of the bridge after it (RSS)", "MB");
    private static readonly Measure Ready = new("ready", "start until commands are taken", "s");

    public override string Name => "list";

    public override string Title => "list with 200,000 ended rooms";

    public override int Rounds => 1;

    public override IReadOnlyList<Measure> Measures { get; } = [Took, ClientCpu, BridgeCpu, Page, Memory, Ready];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAlone;

    public override int SecondsEach(bool isShort) => 40;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, 1, cancellationToken);
        await session.Source.AskAsync("end", cancellationToken);
        await Task.Delay(3000, cancellationToken);
        await session.Subject.TerminateAsync();
        EndedRooms.Multiply(Path.Combine(session.Subject.Folder, "bridge.db"), Ended);

        var before = session.Subject;
        session.Subject = await candidate.RestartAsync(lab, session.SourcePort, 1, before, cancellationToken);
        await before.DisposeAsync();
        var begun = Stopwatch.GetTimestamp();
        await ControlQueue.WhenConsumedAsync(lab, () => session.Subject.HasExited, cancellationToken);
        figures.Add(candidate.Name, Ready, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        await Task.Delay(2000, cancellationToken);
        for (var i = 0; i < 3; i++)
        {
            await ListAsync(lab, session.Subject, candidate.Name, figures, cancellationToken);
            await ReadPageAsync(session.Subject, candidate.Name, figures, cancellationToken);
        }

        figures.Add(candidate.Name, Memory, session.Subject.Memory.Rss / 1e6);
    }

    private static async Task ReadPageAsync(Subject bridge, string candidate, Figures figures, CancellationToken cancellationToken)
    {
        const string Listening = "Now listening on: ";
        var line = bridge.FindLine(Listening) ?? throw new BenchException($"It does not say where it listens:\n{bridge.LastLines}");
        using var http = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()) };
        var begun = Stopwatch.GetTimestamp();
        var page = await http.GetStringAsync(new Uri("/?state=ended", UriKind.Relative), cancellationToken);
        figures.Add(candidate, Page, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        if (!page.Contains("200,000", StringComparison.Ordinal) && !page.Contains("200000", StringComparison.Ordinal))
            throw new BenchException("The status page does not count the ended rooms.");
    }

    private static async Task ListAsync(Lab lab, Subject bridge, string candidate, Figures figures, CancellationToken cancellationToken)
    {
        var cpu = bridge.Cpu;
        var info = new ProcessStartInfo("bash", ["-c", "TIMEFORMAT='%R %U %S'; time \"$@\"", "_", "dotnet", lab.Tools.Bridge, "list"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["Bus__Url"] = lab.Broker.Url.ToString();
        using var list = Process.Start(info)!;
        var output = list.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await list.StandardError.ReadToEndAsync(cancellationToken);
        await list.WaitForExitAsync(cancellationToken);
        if (list.ExitCode != 0 || !(await output).Contains(Ended.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            throw new BenchException($"list ended with {list.ExitCode}: {(await output)[^Math.Min(200, (await output).Length)..]} {errors}");

        var times = errors.Trim().Split('\n')[^1].Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        figures.Add(candidate, Took, times[0]);
        figures.Add(candidate, ClientCpu, times[1] + times[2]);
        figures.Add(candidate, BridgeCpu, (bridge.Cpu - cpu).TotalSeconds);
    }
}
