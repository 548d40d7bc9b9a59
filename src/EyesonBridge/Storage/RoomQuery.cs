using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>Which rooms to read, by room id.</summary>
/// <param name="Statuses">Only rooms with one of these; empty takes all.</param>
/// <param name="After">Only rooms behind this id; empty begins with the first.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record RoomQuery(IReadOnlyCollection<ObservationStatus> Statuses, string After, int Limit);
