using System.Text.Json.Nodes;
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

    [Fact(Timeout = 60_000)]
    public async Task List_SomePages_WritesEachBeforeItAsksForTheNext()
    {
        var written = new List<int>();

        await ListAsync(ListCommand.NotOver, command =>
        {
            written.Add(_output.ToString().Split(Environment.NewLine).Length - 1);
            return command.After is null ? Page(next: "b", total: 7, "a", "b") : Page(next: null, total: null, "longer");
        });

        Assert.Equal([0, 3], written);
        Assert.Equal([null, "b"], _asked.Select(command => command.After), StringComparer.Ordinal);
        Assert.Equal(
            [
                "ROOM  STATUS       SINCE (UTC)            EVENTS  ACCOUNT      REPLICA       REASON",
                "a     observing    2026-03-01 10:00:00         3  default      replica-of-a",
                "b     observing    2026-03-01 10:00:00         3  default      replica-of-b",
                "longer  observing    2026-03-01 10:00:00         3  default      replica-of-longer",
                "3 rooms, and 4 ended or rejected (shown by --all)",
            ],
            Lines.Select(line => line.TrimEnd()));
    }

    [Fact(Timeout = 60_000)]
    public async Task List_Usually_AsksForThoseThatAreNotOver()
    {
        await ListAsync(ListCommand.NotOver, _ => Page(next: null, total: 0));

        Assert.Equal(
            [ObservationStatus.Waiting, ObservationStatus.Connecting, ObservationStatus.Observing, ObservationStatus.Interrupted],
            Assert.Single(_asked).Statuses);
        Assert.Equal(["0 rooms"], Lines);
    }

    [Fact(Timeout = 60_000)]
    public async Task List_All_AsksForAllAndLeavesNoneOut()
    {
        await ListAsync(states: null, _ => Page(next: null, total: 2, "a"));

        Assert.Null(Assert.Single(_asked).Statuses);
        Assert.Equal("1 room", Lines[^1]);
    }

    [Fact(Timeout = 60_000)]
    public async Task List_States_AsksForThemAndCountsTheOthers()
    {
        await ListAsync([ObservationStatus.Ended], _ => Page(next: null, total: 5, "a"));

        Assert.Equal([ObservationStatus.Ended], Assert.Single(_asked).Statuses);
        Assert.Equal("1 room, and 4 in other states", Lines[^1]);
    }

    [Fact(Timeout = 60_000)]
    public async Task List_Json_IsOneDocumentOfAllPages()
    {
        await ListAsync(states: null, command => command.After is null ? Page(next: "b", total: 3, "a", "b") : Page(next: null, total: null, "c"), OutputForm.Json);

        var list = JsonNode.Parse(Assert.Single(Lines))!;
        Assert.Equal(3, (long?)list["total"]);
        Assert.Equal(["a", "b", "c"], list["items"]!.AsArray().Select(item => (string?)item!["roomId"]));
        Assert.Equal("observing", (string?)list["items"]![0]!["status"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task List_JsonOfNone_IsADocumentToo()
    {
        await ListAsync(states: null, _ => Page(next: null, total: 0), OutputForm.Json);

        Assert.Equal("""{"items":[],"total":0}""", Assert.Single(Lines));
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
            Owner = $"replica-of-{room}",
        })],
        Next = next,
        Total = total,
    };

    private Task ListAsync(IReadOnlyList<ObservationStatus>? states, Func<GetObservations, Observations> answer, OutputForm form = OutputForm.Table) =>
        ListCommand.ListAsync(
            (command, _) =>
            {
                _asked.Add(command);
                return Task.FromResult(answer(command));
            },
            states,
            new CommandOutput(_output, form, hasColors: false),
            TestContext.Current.CancellationToken);
}
