using EyesonBridge.Pacing;

namespace EyesonBridge.Storage;

/// <summary>What the store tells those who act on its rows.</summary>
internal sealed class StoreSignals
{
    /// <summary>Set after a change of what is wanted.</summary>
    public AsyncSignal Intent { get; } = new();

    /// <summary>Set after a change of the permalinks that are watched.</summary>
    public AsyncSignal Permalinks { get; } = new();

    /// <summary>Set when a duty may be free, or is wanted.</summary>
    public AsyncSignal Duties { get; } = new();

    /// <summary>Set when something new was found of the API key of an account.</summary>
    public AsyncSignal Keys { get; } = new();
}
