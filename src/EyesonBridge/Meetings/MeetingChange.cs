using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>What a frame led to.</summary>
/// <param name="State">The state now: the same instance when nothing changed.</param>
/// <param name="Events">What happened, in order, numbered.</param>
internal readonly record struct MeetingChange(MeetingState State, IReadOnlyList<RoomEvent> Events);
