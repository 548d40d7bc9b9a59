namespace EyesonBridge.Storage;

/// <summary>Entries of the outbox that were found for some rooms.</summary>
/// <param name="Entries">They, in order within each room; there can be none, and more behind.</param>
/// <param name="ReadTo">Where to go on; it means nothing to anybody but the store.</param>
/// <param name="IsLast">True when there was nothing more behind them.</param>
internal readonly record struct OutboxPage(IReadOnlyList<OutboxEntry> Entries, long ReadTo, bool IsLast);
