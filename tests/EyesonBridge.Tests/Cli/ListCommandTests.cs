using EyesonBridge.Cli;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Cli;

public sealed class ListCommandTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly List<GetObservations> _asked = [];
    private readonly StringWriter _output = new();

    private string[] Lines => _output.ToString().TrimEnd().Split(Environment.NewLine);

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task List_SomePages_WritesEachBeforeItAsksForTheNext()
    {
        var written = new List<int>();

        await ListAsync(all: false, command =>
        {
            written.Add(_output.ToString().Split(Environment.NewLine).Length - 1);
            return command.After is null ? Page(next: "b", total: 7, "a", "b") : Page(next: null, total: null, "longer");
        });

        Assert.Equal([0, 3], written);
        Assert.Equal([null, "b"], _asked.Select(command => command.After), StringComparer.Ordinal);
        Assert.Equal(
            [
                "ROOM  STATUS       SINCE (UTC)            EVENTS  ACCOUNT      REASON",
                "a     observing    2026-03-01 10:00:00         3  default",
                "b     observing    2026-03-01 10:00:00         3  default",
                "longer  observing    2026-03-01 10:00:00         3  default",
                "3 rooms, and 4 ended or rejected (shown by --all)",
            ],
            Lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task List_Usually_AsksForThoseThatAreNotOver()
    {
        await ListAsync(all: false, _ => Page(next: null, total: 0));

        Assert.Equal(
            [ObservationStatus.Waiting, ObservationStatus.Connecting, ObservationStatus.Observing, ObservationStatus.Interrupted],
            Assert.Single(_asked).Statuses);
        Assert.Equal(["0 rooms"], Lines);
    }

    [Fact]
    public async Task List_All_AsksForAllAndLeavesNoneOut()
    {
        await ListAsync(all: true, _ => Page(next: null, total: 2, "a"));

        Assert.Null(Assert.Single(_asked).Statuses);
        Assert.Equal("1 rooms", Lines[^1]);
    }

    private static Observations Page(string? next, long? total, params string[] rooms) => new()
    {
        Items = [.. rooms.Select(room => new Contracts.V1.Observation
        {
            RoomId = room,
            Account = "default",
            Status = ObservationStatus.Observing,
            StatusSince = At,
            WantedBy = ["command"],
            Sequence = 3,
        })],
        Next = next,
        Total = total,
    };

    private Task ListAsync(bool all, Func<GetObservations, Observations> answer) => ListCommand.ListAsync(
        (command, _) =>
        {
            _asked.Add(command);
            return Task.FromResult(answer(command));
        },
        all,
        _output,
        TestContext.Current.CancellationToken);
}
