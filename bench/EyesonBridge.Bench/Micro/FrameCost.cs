using System.Diagnostics;
using System.Text.Json;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Outbox;

namespace EyesonBridge.Bench.Micro;

/// <summary>The way of a frame through the processor: reading, normalizing, writing.</summary>
internal static class FrameCost
{
    private const int Frames = 200_000;

    private static readonly byte[] Body =
        """{"type":"chat","content":"Hello everyone, can you all see the slides now?","cid":"6576daf01f138900153d0764","user_id":"test@observer.com","created_at":"2023-12-11T09:59:33.892Z"}"""u8.ToArray();

    public static Comparison Measure()
    {
        Take();
        Parse();
        var ours = new double[Comparison.Rounds];
        var baseline = new double[Comparison.Rounds];
        for (var round = 0; round < Comparison.Rounds; round++)
        {
            ours[round] = Time(Take);
            baseline[round] = Time(Parse);
        }

        return new Comparison("µs a frame", ours, baseline);
    }

    private static void Take()
    {
        var context = new FrameContext
        {
            RoomId = "6576daef1f138900153d0762",
            Account = "default",
            Sequence = 0,
            ObservedAt = TimeProvider.System.GetUtcNow(),
            NewEventId = Guid.CreateVersion7,
        };
        for (var i = 0; i < Frames; i++)
        {
            foreach (var happened in Meeting.Apply(MeetingState.Unknown, ObserverEventReader.Read(Body), context).Events)
                EventSerializer.Write(happened);
        }
    }

    private static void Parse()
    {
        for (var i = 0; i < Frames; i++)
            JsonDocument.Parse(Body).Dispose();
    }

    private static double Time(Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Frames;
    }
}
