using System.Reflection;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests.Samples;

/// <summary>One instance of each message with every property set, and the values they share: those of Eyeson's documentation.</summary>
internal static class Sample
{
    internal const string RoomId = "6576daef1f138900153d0762";
    internal const string MeetingId = RoomId + "@2023-12-11T09:48:32.031Z";

    internal static readonly DateTimeOffset StartedAt = At("2023-12-11T09:48:32.031Z");

    internal static readonly Participant Participant = new()
    {
        Id = "test@observer.com",
        Name = "Observer",
        Avatar = "https://myawesomeapp.com/avatars/observer.png",
        IsGuest = false,
    };

    internal static readonly MeetingUser User = new()
    {
        Id = "test@observer.com",
        Name = "Observer",
        Avatar = "https://myawesomeapp.com/avatars/observer.png",
        IsGuest = false,
        JoinedAt = At("2023-12-11T09:48:34.433Z"),
    };

    internal static readonly IReadOnlyDictionary<Type, object> Messages =
        new[] { Commands.All, Answers.All, MeetingEvents.All, ListEvents.All, ObservationEvents.All }
            .SelectMany(messages => messages)
            .ToDictionary(message => message.GetType());

    internal static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An event with what all events have in common; <c>with</c> adds the rest.</summary>
    internal static T Event<T>(int sequence, string occurredAt, EventOrigin origin = EventOrigin.Live) where T : RoomEvent
    {
        var message = Activator.CreateInstance<T>();
        Set(message, nameof(RoomEvent.EventId), new Guid($"018c5844-{sequence:x4}-7d3e-9f1b-3c2a6f0e8d41"));
        Set(message, nameof(RoomEvent.RoomId), RoomId);
        Set(message, nameof(RoomEvent.MeetingId), MeetingId);
        Set(message, nameof(RoomEvent.Sequence), (long)sequence);
        Set(message, nameof(RoomEvent.StreamId), "6f1c0a9be4d2573d");
        Set(message, nameof(RoomEvent.OccurredAt), At(occurredAt));
        Set(message, nameof(RoomEvent.ObservedAt), At(occurredAt).AddMilliseconds(47));
        Set(message, nameof(RoomEvent.Origin), origin);
        Set(message, nameof(RoomEvent.Account), "default");
        return message;
    }

    private static void Set(RoomEvent message, string property, object value) =>
        typeof(RoomEvent).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetValue(message, value);
}
