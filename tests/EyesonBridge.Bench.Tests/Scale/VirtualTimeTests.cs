using EyesonBridge.Bench.Scale;

namespace EyesonBridge.Bench.Tests.Scale;

public sealed class VirtualTimeTests
{
    [Fact]
    public void Run_Delays_PassInTheOrderOfTheirTimes()
    {
        var time = new VirtualTime();
        var order = new List<string>();

        time.Run(async () =>
        {
            await Task.WhenAll(AfterAsync(3, "c"), AfterAsync(1, "a"), AfterAsync(1, "b"));

            async Task AfterAsync(int hours, string name)
            {
                await time.DelayAsync(TimeSpan.FromHours(hours));
                order.Add($"{name} {time.Now.TotalHours}");
            }
        });

        Assert.Equal(["a 1", "b 1", "c 3"], order);
    }

    [Fact]
    public void Run_WhatContinuesElsewhere_ContinuesHere()
    {
        var time = new VirtualTime();
        var threads = new HashSet<int>();

        time.Run(async () =>
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var cancelled = timeout.Token.Register(signal.SetResult);
            threads.Add(Environment.CurrentManagedThreadId);
            await signal.Task;
            threads.Add(Environment.CurrentManagedThreadId);
        });

        Assert.Single(threads);
        Assert.Equal(2, time.Now.TotalSeconds);
    }

    [Fact]
    public void Run_WhatNeverComes_Fails() =>
        Assert.Throws<InvalidOperationException>(() => new VirtualTime().Run(static () => new TaskCompletionSource().Task));
}
