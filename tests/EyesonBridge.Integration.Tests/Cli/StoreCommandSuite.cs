using EyesonBridge.Contracts.V1;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Storage;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>The commands for single rooms of a store, beside whoever has it open. One class a provider derives from it.</summary>
public abstract class StoreCommandSuite : IAsyncLifetime
{
    private IBridgeStore _store = null!;
    private RoomRow _room = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await OpenAsync();
        await _store.RegisterRoomAsync(new RoomRegistration("room", "default", IntentSources.Command, WaitUntil: null, TimeProvider.System.GetUtcNow()), Cancellation);
        _room = Assert.Single(await _store.ClaimRoomsAsync("bridge", Timeout.InfiniteTimeSpan, 10, Cancellation));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a store in which nothing is.</summary>
    private protected abstract Task<IBridgeStore> OpenAsync();

    /// <summary>Names that store, or another one that is not there.</summary>
    private protected abstract void Name(Dictionary<string, string> settings, bool isMissing);

    [Fact]
    public async Task Repair_RoomThatIsSetAside_LetsItBeClaimedAgain()
    {
        await _store.SetAsideAsync(_room, RoomParts.State, Cancellation);
        Assert.Empty(await _store.ClaimRoomsAsync("bridge", Timeout.InfiniteTimeSpan, 10, Cancellation));
        Assert.Matches("^WRONG  rooms .*room \\(state\\).*store repair room", Assert.Single((await RunAsync("doctor")).Output, line => line.Contains(" rooms ", StringComparison.Ordinal)));

        Assert.StartsWith("Gave up the state of room", Assert.Single((await RunAsync("store", "repair", "room")).AssertSucceeded().Output), StringComparison.Ordinal);

        Assert.Single(await _store.ClaimRoomsAsync("bridge", Timeout.InfiniteTimeSpan, 10, Cancellation));
        Assert.Contains("Nothing of room is set aside", (await RunAsync("store", "repair", "room")).AssertFailedWith(1), StringComparison.Ordinal);
        Assert.Matches("^ok     rooms ", Assert.Single((await RunAsync("doctor")).Output, line => line.Contains(" rooms ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Skip_FirstEventOfARoom_IsKeptUntilItIsReplayed()
    {
        var happened = new OutboxEvent(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), nameof(RoomLocked), "{}"u8.ToArray(), TraceParent: null);
        var append = new RoomAppend
        {
            RoomId = "room",
            Owner = "bridge",
            Epoch = _room.Epoch,
            FromSequence = 0,
            Status = ObservationStatus.Observing,
            At = TimeProvider.System.GetUtcNow(),
            Events = [happened],
        };
        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(append, Cancellation));

        var skipped = Assert.Single((await RunAsync("store", "skip", "room")).AssertSucceeded().Output);
        Assert.Contains($"RoomLocked {happened.EventId} of room: sequence 1", skipped, StringComparison.Ordinal);
        Assert.Empty(await _store.ReadOutboxAsync(0, 10, long.MaxValue, Cancellation));
        Assert.Contains("No event of room waits", (await RunAsync("store", "skip", "room")).AssertFailedWith(1), StringComparison.Ordinal);

        (await RunAsync("store", "replay", "room")).AssertSucceeded();
        Assert.Equal(1, await _store.ReplaySkippedAsync(Cancellation));
        Assert.Equal((happened.EventId, 1), (await _store.ReadOutboxAsync(0, 10, long.MaxValue, Cancellation)) is [var entry] ? (entry.EventId, entry.Sequence) : default);
        Assert.Contains("No event of room was skipped", (await RunAsync("store", "replay", "room")).AssertFailedWith(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repair_NoStore_SaysSo()
    {
        var run = await RunAsync(isMissing: true, "store", "repair", "room");

        Assert.Contains("does not exist. Name the bridge's own", run.AssertFailedWith(1), StringComparison.Ordinal);
        Assert.Matches("^ok     rooms +none yet", Assert.Single((await RunAsync(isMissing: true, "doctor")).Output, line => line.Contains(" rooms ", StringComparison.Ordinal)));
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) => RunAsync(isMissing: false, arguments);

    private Task<ProgramRun> RunAsync(bool isMissing, params string[] arguments)
    {
        var settings = BridgeSettings.For(new Uri("http://127.0.0.1:1"), "a-key", new Uri("amqp://guest:guest@127.0.0.1:1"), "nobodys", "unused");
        Name(settings, isMissing);
        return ProgramRun.HereAsync(settings, arguments, Cancellation);
    }
}
