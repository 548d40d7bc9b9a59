using System.Globalization;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Storm;

namespace EyesonBridge.Chaos.Tests.Verification;

/// <summary>What came of a room, and what is wrong with it.</summary>
internal sealed record RoomReport(int Sent, int Delivered, int Events, int Missing, int Gaps, IReadOnlyList<string> Problems)
{
    /// <param name="load">What the meeting did.</param>
    /// <param name="taken">All that lay on the queue.</param>
    /// <param name="marker">The last message before the end.</param>
    /// <param name="present">Who was there then.</param>
    public static RoomReport Check(RoomLoad load, IReadOnlyList<QueuedEvent> taken, string marker, IReadOnlyList<string> present)
    {
        var problems = new List<string>();
        List<QueuedEvent> delivered = [.. taken.Where(happened => string.Equals(happened.RoomId, load.Room.Id, StringComparison.Ordinal))];
        var events = EventStream.WithoutRepeats(delivered, problems);
        EventStream.Check(events, problems);
        EventStream.CheckOnce(events, "RecordingFinished", "recordingId", load.Recordings, problems);
        EventStream.CheckOnce(events, "RecordingStarted", "recordingId", load.Recordings, problems);
        EventStream.CheckOnce(events, "RecordingStopped", "recordingId", load.Recordings, problems);
        EventStream.CheckOnce(events, "SnapshotTaken", "snapshotId", load.Snapshots, problems);
        var missing = MessageCheck.Run(load.Room.Sent, events, problems);
        Presence.Check(events, marker, present, problems);
        return new RoomReport(
            load.Room.Sent.Count,
            delivered.Count,
            events.Count,
            missing,
            events.Count(happened => happened.Type is "ObservationResumed"),
            [.. problems.Take(20).Select(problem => $"{load.Room.Id}: {problem}")]);
    }

    public static string Sum(IReadOnlyCollection<RoomReport> rooms) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {rooms.Sum(room => room.Sent)} frames sent; {rooms.Sum(room => room.Delivered)} messages delivered, {rooms.Sum(room => room.Events)} without repeats;
        {rooms.Sum(room => room.Gaps)} gaps reported, {rooms.Sum(room => room.Missing)} chat and custom messages in them
        """);
}
