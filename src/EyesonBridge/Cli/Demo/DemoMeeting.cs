using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;

namespace EyesonBridge.Cli.Demo;

/// <summary>The first demo: a whole meeting, registered by a command.</summary>
internal sealed class DemoMeeting : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DemoStage _stage;
    private readonly DemoTally _tally;

    private DemoMeeting(DemoStage stage, DemoTally tally)
    {
        _stage = stage;
        _tally = tally;
    }

    public static async Task<DemoMeeting> StartAsync(CommandContext context, string folder, bool inMemory, CancellationToken cancellationToken)
    {
        var tally = new DemoTally();
        return new DemoMeeting(await DemoStage.StartAsync(context, folder, inMemory, tally.Add, cancellationToken), tally);
    }

    /// <summary>Runs the meeting. True when nothing is missing.</summary>
    public async Task<bool> RunAsync(double speed, CancellationToken cancellationToken)
    {
        var room = _stage.Simulator.CreateRoom(_stage.RoomId, "Demo");
        var command = new ObserveRoom { RoomId = room.Id };
        var accepted = await _stage.Control.RequestAsync<ObserveRoom, ObservationAccepted>(command, cancellationToken);
        _stage.Tell($"Control queue     {accepted.RoomId} is registered with account {accepted.Account}");
        _stage.Tell("");

        var script = new ScriptedMeetingOptions { Speed = speed, WaitForObservers = 1 };
        await ScriptedMeeting.RunAsync(room, script, cancellationToken);
        await Task.WhenAny(_tally.WhenEnded, Task.Delay(Patience, TimeProvider.System, cancellationToken));

        var (summary, missing) = _tally.SumUp(room);
        _stage.Tell("");
        _stage.Tell(summary);
        return missing == 0;
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();
}
