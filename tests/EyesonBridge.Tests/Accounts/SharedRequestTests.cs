using System.Threading.Channels;
using EyesonBridge.Accounts;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Accounts;

public sealed class SharedRequestTests
{
    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly Channel<TaskCompletionSource<int>> _begun = Channel.CreateUnbounded<TaskCompletionSource<int>>();
    private readonly SharedRequest<int> _shared;

    public SharedRequestTests() => _shared = new SharedRequest<int>(RequestAsync, Distance, _time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Ask_BeforeItBegins_SharesOneRequest()
    {
        var first = _shared.AskAsync();
        var request = await BegunAsync();
        var waiting = Enumerable.Range(0, 1_000).Select(_ => _shared.AskAsync()).ToList(); // all of them while the first is under way

        request.SetResult(1);
        await _time.WhenArmedAsync(1, Cancelled);
        _time.Advance(Distance);
        (await BegunAsync()).SetResult(2);

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(2, answer));
        Assert.False(_begun.Reader.TryRead(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ask_WhileOneIsUnderWay_WaitsForTheNextOne()
    {
        var first = _shared.AskAsync();
        var request = await BegunAsync();

        var second = _shared.AskAsync();
        request.SetResult(1);
        await first;

        Assert.False(second.IsCompleted);
        await FinishNextAsync(2);
        Assert.Equal(2, await second);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ask_SoonAfterTheLastOneBegan_KeepsTheDistance()
    {
        var first = _shared.AskAsync();
        (await BegunAsync()).SetResult(1);
        await first;
        _time.Advance(TimeSpan.FromMilliseconds(400));

        var second = _shared.AskAsync();
        await _time.WhenArmedAsync(1, Cancelled);
        _time.Advance(TimeSpan.FromMilliseconds(599));
        Assert.False(_begun.Reader.TryRead(out _));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await BegunAsync()).SetResult(2);
        Assert.Equal(2, await second);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ask_LongAfterTheLastOne_BeginsAtOnce()
    {
        var first = _shared.AskAsync();
        (await BegunAsync()).SetResult(1);
        await first;
        _time.Advance(Distance);

        var second = _shared.AskAsync();

        (await BegunAsync()).SetResult(2);
        Assert.Equal(2, await second);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ask_AfterAFailure_IsAnsweredByANewRequest()
    {
        var first = _shared.AskAsync();
        var request = await BegunAsync();
        var second = _shared.AskAsync();
        request.SetException(new InvalidOperationException("down"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await FinishNextAsync(2);
        Assert.Equal(2, await second);
    }

    private async Task FinishNextAsync(int answer)
    {
        await _time.WhenArmedAsync(1, Cancelled);
        _time.Advance(Distance);
        (await BegunAsync()).SetResult(answer);
    }

    private Task<int> RequestAsync()
    {
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Writer.TryWrite(answer);
        return answer.Task;
    }

    private async Task<TaskCompletionSource<int>> BegunAsync() => await _begun.Reader.ReadAsync(Cancelled);
}
