namespace EyesonBridge.Storage;

/// <summary>What an inbox entry says of a permalink.</summary>
/// <param name="PermalinkId">Id of the permalink.</param>
/// <param name="Name">Name of its room.</param>
/// <param name="At">When the meeting started, or the permalink expired.</param>
internal sealed record PermalinkNotice(string PermalinkId, string? Name, DateTimeOffset At);
