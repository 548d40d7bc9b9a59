using System.Diagnostics.CodeAnalysis;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>A room as the store knows it.</summary>
internal sealed record RoomRow : RoomSummary
{
    public RoomRow()
    {
    }

    /// <summary>The room of a list, to be completed.</summary>
    [SetsRequiredMembers]
    public RoomRow(RoomSummary summary)
        : base(summary)
    {
    }

    /// <summary>The state of the meeting as JSON; empty before the first.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Where the streams of the extended protocol stand, as JSON.</summary>
    public string? Positions { get; init; }

    /// <summary>True while something is left to do though the observation may be over.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>When the lease of the owner ends; null when it has no end.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>
    /// For a room that was just claimed and whose owner had gone: how long ago its lease had ended. Null for any other.
    /// </summary>
    public TimeSpan? LeftFor { get; init; }

    /// <summary>Raised by each claim; an append with an older one fails.</summary>
    public required long Epoch { get; init; }

    /// <summary>Number of the last change of what is wanted of the room; numbers rise over all rooms of the store.</summary>
    public long Intent { get; init; }

    /// <summary>The part of the row that cannot be read, one of <see cref="RoomParts"/>; null when all can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>True while the observation is not over.</summary>
    public bool IsActive => Status is not (ObservationStatus.Ended or ObservationStatus.Rejected);

    /// <summary>The history in which the room's events are numbered.</summary>
    public string? StreamId { get; init; }

    public bool IsWanted => WantedBy.Count > 0;
}
