namespace EyesonBridge.Storage;

/// <summary>The outcome of a registration and the room as it is now.</summary>
internal sealed record RegistrationResult(RegistrationOutcome Outcome, RoomRow Room);
