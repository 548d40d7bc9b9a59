namespace EyesonBridge.Bench.Parts;

/// <summary>Completes at the last of so many signals, all given by one thread at a time.</summary>
internal sealed class Countdown(int count)
{
    private readonly TaskCompletionSource _zero = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = count;

    public Task WhenZero => _zero.Task;

    public void Signal()
    {
        if (--_left == 0)
            _zero.SetResult();
    }
}
