using System.Text;
using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Observation.Gaps;

public sealed class InboxReaderTests
{
    private const string Started = """{"type":"recording_update","timestamp":1,"recording":{"id":"rec","created_at":1772359200,"duration":null,"links":{"download":null},"room":{"id":"room"}}}""";
    private const string Stopped = """{"type":"recording_update","timestamp":2,"recording":{"id":"rec","created_at":1772359200,"duration":12,"links":{"download":null},"room":{"id":"room"}}}""";
    private const string Finished = """{"type":"recording_update","timestamp":3,"recording":{"id":"rec","created_at":1772359200,"duration":12,"links":{"download":"https://files.example/rec.webm"},"room":{"id":"room"}}}""";
    private const string Snapshot = """{"type":"snapshot_update","timestamp":4,"snapshot":{"id":"snap","name":"one","created_at":"2026-03-01T10:00:05Z","links":{"download":"https://files.example/snap.jpg"},"room":{"id":"room"}}}""";

    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Apply_WebhooksOfARoomNobodyObserves_AreItsEvents()
    {
        var change = Apply(MeetingState.Unknown, Started, Stopped, Finished, Snapshot);

        Assert.Equal(
            [typeof(RecordingStarted), typeof(RecordingStopped), typeof(RecordingFinished), typeof(SnapshotTaken)],
            change.Events.Select(happened => happened.GetType()));
        Assert.Equal([8L, 9, 10, 11], change.Events.Select(happened => happened.Sequence));
        Assert.All(change.Events, happened => Assert.Equal((EventOrigin.Backfill, At), (happened.Origin, happened.ObservedAt)));
        Assert.Equal("https://files.example/rec.webm", change.Events.OfType<RecordingFinished>().Single().DownloadUrl);
    }

    [Fact]
    public void Apply_SameWebhooksAgain_AreNotSaidAgain()
    {
        var first = Apply(MeetingState.Unknown, Started, Finished, Snapshot);

        Assert.IsType<RecordingStopped>(Assert.Single(Apply(first.State, Started, Finished, Snapshot, Stopped).Events));
    }

    [Fact]
    public void Apply_WhatTheObserverHeard_IsNotSaidAgain()
    {
        var heard = Meeting.Apply(MeetingState.Unknown, ObserverEventReader.Read(Encoding.UTF8.GetBytes(Started)), Context());

        Assert.Empty(Apply(heard.State, Started).Events);
        var told = Apply(heard.State, Finished);
        Assert.Empty(Meeting.Apply(told.State, ObserverEventReader.Read(Encoding.UTF8.GetBytes(Finished)), Context()).Events);
    }

    [Fact]
    public void Apply_PermalinkStarted_TellsTheMeetingWithItsOwnId()
    {
        var entry = Notice(InboxKind.PermalinkStarted);

        var one = Assert.IsType<PermalinkMeetingStarted>(Assert.Single(InboxReader.Apply(MeetingState.Unknown, [entry], Context(), out _).Events));
        var two = Assert.Single(InboxReader.Apply(MeetingState.Unknown, [entry], Context(), out _).Events);

        Assert.Equal(("p1", "Weekly"), (one.PermalinkId, one.Name));
        Assert.Equal((At.AddMinutes(-1), MeetingState.MeetingId("room", At.AddMinutes(-1))), (one.OccurredAt, one.MeetingId));
        Assert.Equal(one.EventId, two.EventId); // the same occurrence, however often it is told
    }

    [Fact]
    public void Apply_PermalinkExpired_TellsWhen()
    {
        var told = Assert.IsType<PermalinkExpired>(
            Assert.Single(InboxReader.Apply(MeetingState.Unknown, [Notice(InboxKind.PermalinkExpired)], Context(), out _).Events));

        Assert.Equal(("p1", At.AddMinutes(-1)), (told.PermalinkId, told.ExpiredAt));
    }

    [Theory]
    [InlineData((int)InboxKind.PermalinkStarted, "not JSON")]
    [InlineData((int)InboxKind.PermalinkStarted, "null")]
    [InlineData((int)InboxKind.PermalinkExpired, "{}")]
    [InlineData(-1, "{}")] // of a newer version
    public void Apply_EntryThatCannotBeRead_IsToldAndTheOthersAreTakenUp(int kind, string body)
    {
        var bad = new InboxEntry(7, "room", "default", (InboxKind)kind, Encoding.UTF8.GetBytes(body), At);

        var change = InboxReader.Apply(MeetingState.Unknown, [bad, Notice(InboxKind.PermalinkExpired)], Context(), out var unreadable);

        Assert.Equal(7, Assert.Single(unreadable).Id);
        Assert.Equal(8, Assert.IsType<PermalinkExpired>(Assert.Single(change.Events)).Sequence);
    }

    private static InboxEntry Notice(InboxKind kind) => new(
        1, "room", "default", kind, JsonSerializer.SerializeToUtf8Bytes(new PermalinkNotice("p1", "Weekly", At.AddMinutes(-1)), InboxJson.Default.PermalinkNotice), At);

    private static MeetingChange Apply(MeetingState state, params string[] bodies) => InboxReader.Apply(
        state,
        [.. bodies.Select((body, index) => new InboxEntry(index, "room", "default", InboxKind.Webhook, Encoding.UTF8.GetBytes(body), At))],
        Context(),
        out _);

    private static FrameContext Context() => new()
    {
        RoomId = "room",
        Account = "default",
        Sequence = 7,
        ObservedAt = At.AddSeconds(3),
        NewEventId = Guid.CreateVersion7,
    };
}
