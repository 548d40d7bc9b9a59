namespace EyesonBridge.Telemetry;

/// <summary>An attempt to connect, as its span describes it.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Account">Account whose key is used.</param>
/// <param name="Server">Eyeson's address, of which host and port are told.</param>
/// <param name="Since">When it began.</param>
/// <param name="Reason">What interrupted the observation before; null for the first connection.</param>
internal readonly record struct ConnectSpan(string RoomId, string Account, Uri Server, DateTimeOffset Since, string? Reason);
