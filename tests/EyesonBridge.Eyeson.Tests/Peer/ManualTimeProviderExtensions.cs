using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Peer;

internal static class ManualTimeProviderExtensions
{
    /// <summary>Lets seconds pass until the task is done: what it waits for may not have been armed at the first one.</summary>
    public static async Task<T> PassUntilAsync<T>(this ManualTimeProvider clock, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await task;
    }
}
