using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Script;

public sealed class ScriptedMeetingTests
{
    private static readonly ScriptedMeetingOptions Instantly = new() { Speed = double.PositiveInfinity };

    [Fact]
    public void Steps_Always_UseEveryDocumentedTypeAndAnUnknownOne()
    {
        var samples = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples")).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(
            samples.Append("reaction_update").Order(StringComparer.Ordinal),
            ScriptedMeeting.Steps.Select(static step => step.WireType).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(20), ScriptedMeeting.Steps[^1].At);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_Instantly_SendsExactlyItsSteps(bool lateRecording)
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        var options = Instantly with { LateRecording = lateRecording };

        await ScriptedMeeting.RunAsync(room, options, TestContext.Current.CancellationToken);

        Assert.Equal(
            ScriptedMeeting.StepsFor(options).Select(static step => step.WireType).OfType<string>(),
            room.Sent.Select(static sent => sent.Type),
            StringComparer.Ordinal);
        Assert.True(room.Ended);
        Assert.All(room.ListRecordings(), static recording => Assert.NotNull(recording.Links.Download));
        Assert.Equal(lateRecording ? 2 : 1, room.ListRecordings().Count);
    }

    [Fact]
    public async Task Run_WithAnObserver_ArrivesCompleteAndInOrder()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        var run = ScriptedMeeting.RunAsync(room, Instantly with { WaitForObservers = 1 }, TestContext.Current.CancellationToken);
        using var observer = await Observer.ConnectAsync(simulator, "room");
        await observer.SubscribeAsync();

        List<string> received = [];
        while (await observer.ReceiveAsync() is { } frame)
        {
            const string opening = """{"identifier":"{\"channel\":\"RoomChannel\"}","message":""";
            if (frame.StartsWith(opening, StringComparison.Ordinal))
                received.Add(frame[opening.Length..^1]);
        }

        await run;
        Assert.Equal(room.Sent.Select(static sent => sent.Json), received.Skip(1), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Run_AtDoubleSpeed_TakesHalfTheTime()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { TimeProvider = clock }, TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        var start = clock.GetUtcNow();
        var heartbeat = clock.ArmedTimers;
        var run = ScriptedMeeting.RunAsync(room, new ScriptedMeetingOptions { Speed = 2 }, TestContext.Current.CancellationToken);

        foreach (var (before, step) in ScriptedMeeting.Steps.Prepend(null).Zip(ScriptedMeeting.Steps))
        {
            await clock.WhenArmedAsync(heartbeat + 1, TestContext.Current.CancellationToken);
            clock.Advance((step.At - (before?.At ?? TimeSpan.Zero)) / 2);
        }

        await run;
        Assert.Equal(start + TimeSpan.FromSeconds(10), room.Sent[^1].SentAt);
        Assert.Equal(start + TimeSpan.FromSeconds(0.25), room.Sent[0].SentAt);
    }

    [Fact]
    public async Task Run_SpeedZero_IsRefused()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ScriptedMeeting.RunAsync(
            simulator.CreateRoom("room"), new ScriptedMeetingOptions { Speed = 0 }, TestContext.Current.CancellationToken));
    }
}
