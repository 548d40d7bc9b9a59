namespace EyesonBridge.Observation.Gaps;

/// <summary>An entry of an inbox that cannot be read.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Problem">Why.</param>
internal sealed record UnreadableInboxEntry(long Id, Exception Problem);
