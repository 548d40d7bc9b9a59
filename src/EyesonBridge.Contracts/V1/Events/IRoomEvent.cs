namespace EyesonBridge.Contracts.V1;

/// <summary>Anything the bridge publishes about a room. Subscribe to this to receive every event.</summary>
public interface IRoomEvent
{
    /// <summary>Identity of the event, and the MessageId on the bus. A repeat has the same one, so use it to recognise repeats. Derived (UUID v8, from a hash) where Eyeson provides an identity, otherwise generated once (UUID v7) and stored.</summary>
    Guid EventId { get; }

    /// <summary>Id of the room at Eyeson.</summary>
    string RoomId { get; }

    /// <summary>The meeting in that room: room id, <c>@</c>, and the time it started in UTC to the millisecond. A room id can be used for many meetings, one after the other. Null while the start is unknown.</summary>
    string? MeetingId { get; }

    /// <summary>Position in the events of this room: 1, 2, 3 … without holes, over all meetings and restarts, within one <see cref="StreamId"/>.</summary>
    long Sequence { get; }

    /// <summary>The history in which <see cref="Sequence"/> counts: another one when the bridge goes on with another store, because its own was lost or restored from a backup. Absent in events of earlier versions.</summary>
    string? StreamId { get; }

    /// <summary>When it happened, UTC: what Eyeson says, otherwise the same as <see cref="ObservedAt"/>.</summary>
    DateTimeOffset OccurredAt { get; }

    /// <summary>When the bridge learned of it, UTC, by the clock of the bridge.</summary>
    DateTimeOffset ObservedAt { get; }

    /// <summary>How the bridge learned of it.</summary>
    EventOrigin Origin { get; }

    /// <summary>Name of the configured account whose API key observed the room.</summary>
    string Account { get; }
}
