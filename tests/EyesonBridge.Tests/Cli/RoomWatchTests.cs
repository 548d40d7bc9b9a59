using System.Text.Json.Nodes;
using EyesonBridge.Cli;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Cli;

public sealed class RoomWatchTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(At);
    private readonly StringWriter _output = new();
    private readonly StringWriter _notes = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Func<Observations>> _answers = new();

    public void Dispose()
    {
        _output.Dispose();
        _notes.Dispose();
        _stop.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_ChangesFromLookToLook_ShowsOnlyThose()
    {
        Answer(Room("a", ObservationStatus.Waiting), Room("b", ObservationStatus.Observing));
        Answer(Room("a", ObservationStatus.Waiting), Room("b", ObservationStatus.Observing) with { Sequence = 9 });
        Answer(Room("a", ObservationStatus.Observing), Room("c", ObservationStatus.Waiting));

        await WatchAsync(OutputForm.Json);

        Assert.Equal(
            ["listed a waiting", "listed b observing", "changed a observing", "new c waiting", "gone b observing"],
            _output.ToString().TrimEnd().Split(Environment.NewLine).Select(line => JsonNode.Parse(line)!)
                .Select(line => $"{line["change"]} {line["observation"]!["roomId"]} {line["observation"]!["status"]}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_Table_HasOneHeadAndMarksWhatIsGone()
    {
        Answer(Room("a", ObservationStatus.Observing));
        Answer();

        await WatchAsync(OutputForm.Table);

        Assert.Equal(["ROOM", "a", "a"], _output.ToString().TrimEnd().Split(Environment.NewLine).Select(line => line.Split(' ')[0]));
        Assert.Contains("  gone  ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_BridgeThatIsAwayForAWhile_IsWaitedFor()
    {
        Answer(Room("a", ObservationStatus.Observing));
        _answers.Enqueue(static () => throw new CommandFailure("no answer"));
        _answers.Enqueue(static () => throw new CommandFailure("no answer"));
        Answer(Room("a", ObservationStatus.Interrupted));

        await WatchAsync(OutputForm.Json);

        Assert.Equal(["Watching. Press Ctrl+C to stop.", "eyeson-bridge: no answer", "The bridge answers again."], _notes.ToString().TrimEnd().Split(Environment.NewLine));
        Assert.Contains("\"changed\"", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_BridgeThatIsNotThere_Fails()
    {
        _answers.Enqueue(static () => throw new CommandFailure("no answer"));

        await Assert.ThrowsAsync<CommandFailure>(() => WatchAsync(OutputForm.Table));
    }

    /// <summary>Until there are no more answers.</summary>
    private async Task WatchAsync(OutputForm form)
    {
        var watch = new RoomWatch((_, _) => Task.FromResult(_answers.Dequeue()()), states: null, new CommandOutput(_output, form, hasColors: false), _notes, _time);
        var run = watch.RunAsync(_stop.Token);
        await _time.AdvanceUntilAsync(() => _answers.Count == 0 || run.IsCompleted, RoomWatch.Every);
        await _stop.CancelAsync();
        await run;
    }

    private void Answer(params Contracts.V1.Observation[] rooms) => _answers.Enqueue(() => new Observations { Items = rooms, Total = rooms.Length });

    private static Contracts.V1.Observation Room(string id, ObservationStatus status) => new()
    {
        RoomId = id,
        Account = "default",
        Status = status,
        StatusSince = At,
        WantedBy = ["command"],
        Sequence = 3,
    };
}
