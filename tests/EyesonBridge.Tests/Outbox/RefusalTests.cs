using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

/// <summary>An event that is refused for itself: the trouble of one room, and of nobody else.</summary>
public sealed class RefusalTests
{
    private static readonly UnpublishableException TooLong = new(new InvalidOperationException("The routing key is too long."));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Publish_EventThatTheClientRefuses_IsNoProblemOfAll()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        fixture.Publisher.Publish = (entry, _) => entry.RoomId == "refused" ? throw TooLong : Task.CompletedTask;
        await fixture.AppendAsync("refused", 3);

        await fixture.StartAsync();
        await fixture.Log.WhenAsync(4006, 1, Cancelled);

        Assert.Null(fixture.Dispatcher.Problem);
        Assert.Contains("it cannot be sent: The routing key is too long.", Assert.Single(fixture.Log.Entries(4006)).Text, StringComparison.Ordinal);
        await fixture.StopAsync();
        Assert.Equal(0, fixture.Log.Count(4000));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_OneRoomIsRefused_StillPublishesWhatTheOthersHave(bool isByTheClient)
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        Exception refusal = isByTheClient ? TooLong : new PublishingException("a queue rejected it");
        var isOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isRefused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = async (entry, _) =>
        {
            await (entry.RoomId == "refused" ? isRefused.Task : isOpen.Task);
            if (entry.RoomId == "refused")
                throw refusal;
        };
        await fixture.AppendAsync("healthy", 4);
        await fixture.AppendAsync("refused", 3);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(7, Cancelled);

        var stopping = fixture.StopAsync();
        isRefused.SetResult();
        await fixture.Log.WhenAsync(4006, 1, Cancelled); // while nothing was confirmed
        isOpen.SetResult();
        await stopping;

        Assert.Equal(["refused", "refused", "refused"], (await fixture.WaitingAsync()).Select(entry => entry.RoomId));
    }
}
