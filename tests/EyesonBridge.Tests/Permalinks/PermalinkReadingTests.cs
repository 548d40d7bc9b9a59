using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Permalinks;

public sealed class PermalinkReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly PermalinkRow Row = new()
    {
        Token = "token",
        Account = "default",
        IsRecurring = false,
        Status = PermalinkStatus.Waiting,
        PermalinkId = "p1",
        RoomId = "room",
    };

    [Fact]
    public void Read_NotStarted_ChangesNothing() => Assert.Null(PermalinkReading.Read(Row, Meeting(), Now));

    [Fact]
    public void Read_NotStartedForTheFirstTime_LearnsTheIds() =>
        Assert.Equal(Row, PermalinkReading.Read(Row with { PermalinkId = null, RoomId = null }, Meeting(), Now)!.Permalink);

    [Theory]
    [InlineData(false, nameof(PermalinkStatus.Started))]
    [InlineData(true, nameof(PermalinkStatus.Waiting))]
    public void Read_Started_RegistersAndTells(bool isRecurring, string status)
    {
        var step = PermalinkReading.Read(Row with { IsRecurring = isRecurring }, Meeting(startedAt: Now), Now.AddSeconds(3))!;

        Assert.Equal((Now, status), (step.Permalink.MeetingStartedAt, step.Permalink.Status.ToString()));
        Assert.Equal(("room", "permalink:p1"), (step.Registration!.RoomId, step.Registration.Source));
        Assert.True(step.Registration.WaitUntil > Now.AddMinutes(1)); // its room may not run for observers yet
        Assert.Equal(InboxKind.PermalinkStarted, step.Notice!.Kind);
    }

    [Fact]
    public void Read_SameMeetingAgain_ChangesNothingWhateverTheFractions()
    {
        var startedAt = Now.AddTicks(12_345_678);
        var first = PermalinkReading.Read(Row with { IsRecurring = true }, Meeting(startedAt: startedAt), Now)!;

        Assert.Equal(Now.AddMilliseconds(1_234), first.Permalink.MeetingStartedAt); // as the store keeps it
        Assert.Null(PermalinkReading.Read(first.Permalink, Meeting(startedAt: startedAt), Now));
    }

    [Fact]
    public void Read_NextMeeting_IsToldToo()
    {
        var step = PermalinkReading.Read(Row with { MeetingStartedAt = Now }, Meeting(startedAt: Now.AddHours(1)), Now.AddHours(1))!;

        Assert.Equal(Now.AddHours(1), step.Permalink.MeetingStartedAt);
        Assert.NotNull(step.Registration);
    }

    [Fact]
    public void Read_MeetingShutDown_IsNotStarted() =>
        Assert.Null(PermalinkReading.Read(Row, Meeting(startedAt: Now, shutdown: true), Now));

    [Fact]
    public void Read_Expired_TellsAndRegistersNothing()
    {
        var step = PermalinkReading.Read(Row, Meeting(startedAt: Now, expiresAt: Now.AddSeconds(-1)), Now)!;

        Assert.Equal(PermalinkStatus.Expired, step.Permalink.Status);
        Assert.Null(step.Registration);
        Assert.Equal(InboxKind.PermalinkExpired, step.Notice!.Kind);
    }

    [Theory]
    [InlineData(RestOutcome.NotFound)]
    [InlineData(RestOutcome.Gone)]
    public void Read_NoSuchPermalink_IsUnknown(RestOutcome outcome) =>
        Assert.Equal(PermalinkStatus.Unknown, PermalinkReading.Read(Row, new() { Outcome = outcome }, Now)!.Permalink.Status);

    [Theory]
    [InlineData(RestOutcome.Unreachable)]
    [InlineData(RestOutcome.ServerError)]
    [InlineData(RestOutcome.TooManyRequests)]
    [InlineData(RestOutcome.Unreadable)]
    public void Read_NoAnswer_ChangesNothing(RestOutcome outcome) =>
        Assert.Null(PermalinkReading.Read(Row, new() { Outcome = outcome }, Now));

    private static RestResult<PermalinkMeeting> Meeting(DateTimeOffset? startedAt = null, DateTimeOffset? expiresAt = null, bool? shutdown = null) => new()
    {
        Outcome = RestOutcome.Ok,
        Value = new PermalinkMeeting
        {
            Permalink = new Permalink { Id = "p1", ExpiresAt = expiresAt },
            Room = new Room { Id = "room", Name = "Weekly", StartedAt = startedAt, Shutdown = shutdown },
        },
    };
}
