namespace EyesonBridge.Hosting;

/// <summary>Sees from what was allocated that a burst of work is over, and that it was large enough to have left something.</summary>
internal sealed class QuietAfterWork
{
    /// <summary>Less than this from one look to the next is quiet.</summary>
    public const long Quiet = 1024 * 1024;

    /// <summary>Less than this since the last time is not worth a pause.</summary>
    public const long Worth = 32 * 1024 * 1024;

    private long _atLastLook;
    private long _atLastTime;

    /// <summary>Looks.</summary>
    /// <param name="allocated">What the process has allocated so far, in bytes.</param>
    /// <returns>True when work has just given way to quiet; then not again before more work.</returns>
    public bool Look(long allocated)
    {
        var isQuiet = allocated - _atLastLook < Quiet;
        _atLastLook = allocated;
        if (!isQuiet || allocated - _atLastTime < Worth)
            return false;

        _atLastTime = allocated;
        return true;
    }
}
