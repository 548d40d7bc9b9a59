using EyesonBridge.Management.Status;
using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Management.Status;

public sealed class FreshReadsTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FreshReads<string, string> _reads;
    private int _count;

    public FreshReadsTests() => _reads = new FreshReads<string, string>(_time);

    public void Dispose() => _reads.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Get_AgainAtOnce_ReadsNothingAndLaterReadsAnew()
    {
        Assert.Equal("1", await GetAsync(isAway: false));
        Assert.Equal("1", await GetAsync(isAway: false));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("2", await GetAsync(isAway: false));
    }

    [Fact(Timeout = 60_000)]
    public async Task Get_StoreThatIsAway_IsAskedOnceInAWhileHoweverManyLookOn()
    {
        for (var viewer = 0; viewer < 5; viewer++)
            Assert.Equal("away", (await Assert.ThrowsAsync<StoreException>(() => GetAsync(isAway: true))).Message);
        Assert.Equal(1, _count);

        _time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<StoreException>(() => GetAsync(isAway: true));
        Assert.Equal(2, _count);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("3", await GetAsync(isAway: false));
    }

    private Task<string> GetAsync(bool isAway) => _reads.GetAsync(
        "",
        _ =>
        {
            _count++;
            return isAway ? throw new StoreException("away") : Task.FromResult($"{_count}");
        },
        TestContext.Current.CancellationToken);
}
