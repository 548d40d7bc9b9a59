using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using EyesonBridge.Testing.Rails;

namespace EyesonBridge.Integration.Tests.Rails;

/// <summary>The spine against a server that is not ours: Rails' ActionCable under Puma → worker → RabbitMQ → consumer.</summary>
public sealed class RailsMeetingTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string Key = "rails-meeting-key";

    private readonly string _roomId = RabbitMqServer.UniqueName("rails");
    private RailsObserver _rails = null!;
    private WorkerEnvironment _environment = null!;
    private BridgeProcess _bridge = null!;
    private EventCollector _events = null!;
    private ControlSender _control = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _rails = await RailsObserver.StartAsync(Key, Cancellation);
        _environment = new WorkerEnvironment(_rails.Url, Key, rabbit.Url);
        _environment.Settings["Eyeson__Accounts__wrong__ApiKey"] = "not-the-key";
        _bridge = await _environment.StartReadyAsync(Cancellation);
        _events = await EventCollector.StartAsync(rabbit.Url, "IRoomEvent", Cancellation);
        _control = await _environment.ConnectAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _events.DisposeAsync();
        await _bridge.DisposeAsync();
        await _rails.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Meeting_WithDropRestartAndEnd_ArrivesWhole()
    {
        var content = Sample("room_update")["content"]!.DeepClone().AsObject();
        content["id"] = _roomId;
        await _rails.StartMeetingAsync(content, Cancellation);
        await _control.ObserveAsync(_roomId, Cancellation);
        await _events.WhenAsync(_roomId, "RoomStateReported", Cancellation);

        string[] samples = ["participant_update", "broadcasts_update", "options_update", "snapshot_update", "chat", "custom", "playback_update", "podium_update", "lock", "presentation_update", "recording_update"];
        string[] types = ["ParticipantJoined", "BroadcastStarted", "LayoutChanged", "SnapshotTaken", "ChatMessageSent", "CustomMessageSent", "PlaybackStarted", "PodiumChanged", "RoomLocked", "PresentationStarted", "RecordingFinished"];
        foreach (var (sample, type) in samples.Zip(types))
        {
            // One at a time: under load Rails lets broadcasts overtake each other.
            await _rails.BroadcastAsync(_roomId, Sample(sample).ToJsonString(), Cancellation);
            await _events.WhenAsync(_roomId, type, Cancellation);
        }

        await _rails.DropSocketsAsync(_roomId, Cancellation);
        await _events.WhenAsync(_roomId, "RoomStateReported", Cancellation, count: 2);
        await _rails.RestartAsync(Cancellation);
        await _events.WhenAsync(_roomId, "RoomStateReported", Cancellation, count: 3);
        await _rails.EndMeetingAsync(_roomId, Cancellation);
        var events = await _events.WhenAsync(_roomId, "ObservationEnded", Cancellation);

        Assert.Equal(["ObservationStarted", "MeetingStarted", "RoomStateReported", .. types], events.Take(3 + types.Length).Select(happened => happened.Type), StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
        Assert.Equal(["serverClosed", "serverDisconnected"], Of(events, "ObservationInterrupted").Select(message => (string?)message["reason"]), StringComparer.Ordinal);
        Assert.Equal(2, Of(events, "ObservationResumed").Count());
        Assert.Equal([false], Of(events, "MeetingEnded").Select(message => (bool)message["inferred"]!));
        Assert.Equal("meetingEnded", (string?)events[^1].Message["reason"]);
        Assert.Equal("MeetingEnded", events[^2].Type);
    }

    [Fact]
    public async Task ObserveRoom_WrongKey_IsRejectedForItsKey()
    {
        await _rails.StartMeetingAsync(_roomId, Cancellation);

        await _control.RequestAsync("ObserveRoom", $$"""{"roomId":"{{_roomId}}","account":"wrong"}""", Cancellation);

        var rejected = Assert.Single(await _events.WhenAsync(_roomId, "ObservationRejected", Cancellation)).Message;
        Assert.Equal("invalidApiKey", (string?)rejected["reason"]);
        Assert.Contains("'wrong'", (string?)rejected["message"], StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-key", _bridge.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveRoom_NotRunning_IsRejectedForThat()
    {
        await _control.ObserveAsync(_roomId, Cancellation);

        var rejected = Assert.Single(await _events.WhenAsync(_roomId, "ObservationRejected", Cancellation)).Message;
        Assert.Equal("roomNotRunning", (string?)rejected["reason"]);
        Assert.DoesNotContain(Key, _bridge.Transcript, StringComparison.Ordinal);
    }

    private static JsonObject Sample(string name) =>
        JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathTo("tests", "samples", $"{name}.json")))!.AsObject();

    private static IEnumerable<JsonObject> Of(IReadOnlyList<ReceivedEvent> events, string type) =>
        events.Where(happened => string.Equals(happened.Type, type, StringComparison.Ordinal)).Select(happened => happened.Message);
}
