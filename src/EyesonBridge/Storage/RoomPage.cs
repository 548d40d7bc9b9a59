using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>Some of the rooms that were asked for.</summary>
/// <param name="Counts">How many rooms have each status, whatever was asked for.</param>
/// <param name="Found">How many rooms were asked for.</param>
/// <param name="Rooms">Those on the page, by room id.</param>
internal sealed record RoomPage(IReadOnlyDictionary<ObservationStatus, int> Counts, int Found, IReadOnlyList<RoomSummary> Rooms);
