using Xunit;

namespace EyesonBridge.Testing;

/// <summary>Moves a clock until its effect shows.</summary>
public static class ManualTimeProviderExtensions
{
    /// <summary>How often what is under way may take its turn after each step. It can wait for more than the clock: a file, a socket.</summary>
    private const int Turns = 300;

    private static readonly TimeSpan SmallStep = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="AdvanceUntilAsync(ManualTimeProvider, Func{Task{bool}}, TimeSpan?, Func{int}?)"/>
    public static Task AdvanceUntilAsync(this ManualTimeProvider time, Func<bool> isSo, TimeSpan? step = null, Func<int>? armed = null) =>
        time.AdvanceUntilAsync(() => Task.FromResult(isSo()), step, armed);

    /// <summary>
    /// Moves the clock, step by step, until something is so. Code under test may not wait for the clock yet when it is
    /// moved: so it is moved again, and in between what is under way gets on.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="isSo">What is waited for.</param>
    /// <param name="step">How far it moves at once; null takes 50 ms.</param>
    /// <param name="armed">How many timers are armed when all that is under way waits: it moves only then, and at once.</param>
    public static async Task AdvanceUntilAsync(this ManualTimeProvider time, Func<Task<bool>> isSo, TimeSpan? step = null, Func<int>? armed = null)
    {
        while (!await isSo())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (armed is null || time.ArmedTimers >= armed())
                time.Advance(step ?? SmallStep);
            for (var turn = 0; turn < (armed is null ? Turns : 1); turn++)
                await Task.Yield();
        }
    }

    /// <summary>Moves the clock, second by second, until a task is done.</summary>
    public static async Task<T> AdvanceUntilAsync<T>(this ManualTimeProvider time, Task<T> task)
    {
        await time.AdvanceUntilAsync(() => task.IsCompleted, TimeSpan.FromSeconds(1));
        return await task;
    }
}
