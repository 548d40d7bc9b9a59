namespace EyesonBridge.Eyeson.Cable;

/// <summary>A connection could not be established.</summary>
internal sealed class CableUpgradeException(CableEnding ending, Exception? error = null) : Exception(ending.Detail, error)
{
    /// <summary>How the attempt ended.</summary>
    public CableEnding Ending { get; } = ending;
}
