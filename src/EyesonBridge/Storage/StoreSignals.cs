using EyesonBridge.Pacing;

namespace EyesonBridge.Storage;

/// <summary>What the store tells those who act on its rows.</summary>
internal sealed class StoreSignals
{
    /// <summary>Set after a change of what is wanted.</summary>
    public AsyncSignal Intent { get; } = new();

    /// <summary>Set after a change of the permalinks that are watched.</summary>
    public AsyncSignal Permalinks { get; } = new();
}
