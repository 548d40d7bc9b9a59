using EyesonBridge.Control;
using EyesonBridge.Eyeson.Rest;
using Microsoft.Extensions.Time.Testing;

namespace EyesonBridge.Tests.Control;

public sealed class OnceOnlyTests
{
    private static readonly OnceOnly.Command Request = new(Guid.NewGuid(), "token", new Uri("rabbitmq://localhost/answers"));

    private readonly FakeTimeProvider _time = new();
    private int _calls;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallAsync_SameCommandAgain_GivesTheAnswerWithoutACall(bool isRedelivered)
    {
        var once = new OnceOnly(_time);

        var first = await once.CallAsync(Request, isRedelivered: false, CallAsync);

        Assert.Same(first, await once.CallAsync(Request, isRedelivered, CallAsync));
        Assert.Equal(1, _calls);
    }

    [Fact(Timeout = 60_000)]
    public async Task CallAsync_AgainWhileTheCallIsUnderWay_SharesIt()
    {
        var once = new OnceOnly(_time);
        var answer = new TaskCompletionSource<RestResult<MeetingAccess>>();

        var first = once.CallAsync(Request, isRedelivered: false, () => answer.Task);
        var again = once.CallAsync(Request, isRedelivered: true, CallAsync);
        answer.SetResult(new RestResult<MeetingAccess> { Outcome = RestOutcome.Ok });

        Assert.Same(await first, await again);
        Assert.Equal(0, _calls);
    }

    [Fact(Timeout = 60_000)]
    public async Task CallAsync_OtherCommandOrTokenOrAddress_IsACallOfItsOwn()
    {
        var once = new OnceOnly(_time);
        await once.CallAsync(Request, isRedelivered: false, CallAsync);

        await once.CallAsync(Request with { Id = Guid.NewGuid() }, isRedelivered: false, CallAsync);
        await once.CallAsync(Request with { Token = "other" }, isRedelivered: false, CallAsync);
        await once.CallAsync(Request with { ResponseAddress = null }, isRedelivered: false, CallAsync);

        Assert.Equal(4, _calls);
    }

    [Fact(Timeout = 60_000)]
    public async Task CallAsync_DeliveredToAProcessBefore_IsNotCalledAndNotKnown()
    {
        var answer = await new OnceOnly(_time).CallAsync(Request, isRedelivered: true, CallAsync);

        Assert.Equal(RestOutcome.Unreachable, answer.Outcome);
        Assert.Equal(0, _calls);
    }

    [Fact(Timeout = 60_000)]
    public async Task CallAsync_CallThatWasCancelled_IsNotKnownAndNotRepeated()
    {
        var once = new OnceOnly(_time);

        var answer = await once.CallAsync(Request, isRedelivered: false, static () => throw new OperationCanceledException());

        Assert.Equal(RestOutcome.Unreachable, answer.Outcome);
        Assert.Same(answer, await once.CallAsync(Request, isRedelivered: false, CallAsync));
    }

    [Fact(Timeout = 60_000)]
    public async Task CallAsync_LongAfterwards_IsForgotten()
    {
        var once = new OnceOnly(_time);
        await once.CallAsync(Request, isRedelivered: false, CallAsync);

        _time.Advance(OnceOnly.KeptFor + TimeSpan.FromSeconds(1));
        await once.CallAsync(Request, isRedelivered: false, CallAsync);

        Assert.Equal(2, _calls);
    }

    private Task<RestResult<MeetingAccess>> CallAsync()
    {
        _calls++;
        return Task.FromResult(new RestResult<MeetingAccess> { Outcome = RestOutcome.Ok });
    }
}
