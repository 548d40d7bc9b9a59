using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;

namespace EyesonBridge.Bench.Parts;

/// <summary>A chat message on its way through the worker.</summary>
internal static class SampleFrame
{
    public const string RoomId = "6576daef1f138900153d0762";

    public static readonly byte[] Body =
        """{"type":"chat","content":"Hello everyone, can you all see the slides now?","cid":"6576daf01f138900153d0764","user_id":"test@observer.com","created_at":"2023-12-11T09:59:33.892Z"}"""u8.ToArray();

    public static readonly FrameContext Context = new()
    {
        RoomId = RoomId,
        Account = "default",
        Sequence = 0,
        ObservedAt = new DateTimeOffset(2023, 12, 11, 9, 59, 34, TimeSpan.Zero),
        NewEventId = Guid.CreateVersion7,
    };

    public static readonly EventEnvelope Envelope = new(static () => new EventAddresses(
        "rabbitmq://localhost/bench", static type => $"rabbitmq://localhost/EyesonBridge.Contracts.V1:{type.Name}"));

    public static ObserverEvent Read() => ObserverEventReader.Read(Body);

    public static RoomEvent Event() => Meeting.Apply(MeetingState.Unknown, Read(), Context).Events[0];
}
