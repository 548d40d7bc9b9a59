using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;

namespace EyesonBridge.Cli.Demo;

/// <summary>The second demo: a permalink whose guest waits for the host, over two meetings.</summary>
internal sealed class DemoPermalink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DemoStage _stage;
    private readonly DemoReceived _received;
    private readonly SimulatedPermalink _permalink;
    private int _steps;
    private int _missing;

    private DemoPermalink(DemoStage stage, DemoReceived received)
    {
        _stage = stage;
        _received = received;
        _permalink = stage.Simulator.CreatePermalink("Consultation", roomId: stage.RoomId);
    }

    public static async Task<DemoPermalink> StartAsync(CommandContext context, string folder, bool inMemory, CancellationToken cancellationToken)
    {
        var received = new DemoReceived();
        return new DemoPermalink(await DemoStage.StartAsync(context, folder, inMemory, received.Add, cancellationToken), received);
    }

    /// <summary>Runs both meetings. True when nothing is missing.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        _stage.Tell("");
        await StepAsync("ObservePermalink: the bridge waits for the host", () => WatchAsync(cancellationToken));
        await StepAsync("RequestGuestUser: the guest is too early (notStarted)", () => IsTooEarlyAsync(cancellationToken));
        await StepAsync("StartPermalinkMeeting: the host starts the meeting and receives an access key", () => StartAsync(cancellationToken));
        await StepAsync("The bridge reports that the meeting started, and observes it", async () =>
            await CameAsync(nameof(PermalinkMeetingStarted), 1, cancellationToken) && await CameAsync(nameof(RoomStateReported), 1, cancellationToken));
        await StepAsync("RequestGuestUser: the guest receives an access key and joins", () => EnterAsync(cancellationToken));
        await StepAsync("The meeting ends", () => EndAsync(1, cancellationToken));
        await StepAsync("RequestGuestUser: the permalink waits again (notStarted)", () => IsTooEarlyAsync(cancellationToken));
        await StepAsync("The host starts the next meeting, which is observed too", async () =>
            await StartAsync(cancellationToken)
            && await CameAsync(nameof(PermalinkMeetingStarted), 2, cancellationToken)
            && await CameAsync(nameof(RoomStateReported), 2, cancellationToken));
        await StepAsync("The meeting ends again", () => EndAsync(2, cancellationToken));
        await StepAsync("StopObservingPermalink: the permalink is no longer watched", () => StopAsync(cancellationToken));

        _stage.Tell("");
        _stage.Tell($"{_received.Count} messages, {_steps} steps, {_missing} missing");
        return _missing == 0;
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private async Task StepAsync(string what, Func<Task<bool>> step)
    {
        _steps++;
        _stage.Tell($"{_steps,2}. {what}");
        bool isDone;
        try
        {
            isDone = await step();
        }
        catch (CommandFailure refused)
        {
            _stage.Tell($"    {refused.Message}");
            isDone = false;
        }

        if (isDone)
            return;

        _missing++;
        _stage.Tell("    MISSING: this did not happen");
    }

    private async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        var accepted = await _stage.Control.RequestAsync<ObservePermalink, PermalinkObservationAccepted>(
            new ObservePermalink { Token = _permalink.GuestToken, Recurring = true }, cancellationToken);
        return string.Equals(accepted.RoomId, _stage.RoomId, StringComparison.Ordinal);
    }

    private async Task<bool> IsTooEarlyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RequestGuestAsync(cancellationToken);
            return false;
        }
        catch (CommandFailure refused)
        {
            return refused.Message.Contains(RejectionCodes.NotStarted, StringComparison.Ordinal);
        }
    }

    private async Task<bool> StartAsync(CancellationToken cancellationToken)
    {
        var ready = await _stage.Control.RequestAsync<StartPermalinkMeeting, PermalinkMeetingReady>(
            new StartPermalinkMeeting { UserToken = _permalink.UserToken }, cancellationToken);
        return ready.AccessKey.Length > 0;
    }

    private async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        var created = await RequestGuestAsync(cancellationToken);
        _permalink.Room!.Join(new SimulatedUser("maria", "Maria", Guest: true));
        return created.AccessKey.Length > 0 && await CameAsync(nameof(ParticipantJoined), 1, cancellationToken);
    }

    private async Task<bool> EndAsync(int count, CancellationToken cancellationToken)
    {
        _permalink.Room?.Shutdown();
        return await CameAsync(nameof(MeetingEnded), count, cancellationToken) && await CameAsync(nameof(ObservationEnded), count, cancellationToken);
    }

    private async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        var stopped = await _stage.Control.RequestAsync<StopObservingPermalink, PermalinkObservationStopped>(
            new StopObservingPermalink { Token = _permalink.GuestToken }, cancellationToken);
        return stopped.WasRegistered;
    }

    private Task<GuestUserCreated> RequestGuestAsync(CancellationToken cancellationToken) =>
        _stage.Control.RequestAsync<RequestGuestUser, GuestUserCreated>(
            new RequestGuestUser { GuestToken = _permalink.GuestToken, Name = "Maria", Locale = "de" }, cancellationToken);

    private Task<bool> CameAsync(string type, int count, CancellationToken cancellationToken) =>
        _received.WhenAsync(type, count, Patience, cancellationToken);
}
