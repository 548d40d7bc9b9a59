using EyesonBridge.Storage.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

public sealed class SqliteWriteContextTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    /// <summary>The clock was stepped back while nothing could be written.</summary>
    [Fact(Timeout = 60_000)]
    public async Task ProlongLeases_SinceALaterTime_LeavesThemAsTheyAre()
    {
        await using var store = await _fixture.OpenAsync();
        await HoldAsync(store, "held", Timeout.InfiniteTimeSpan);
        using (var connection = _fixture.Connect())
        {
            using var context = new SqliteWriteContext(connection);
            context.Begin();
            context.ProlongLeases(context.Now + 3_600_000);
            context.Commit();
        }

        Assert.Null((await store.FindRoomAsync("held", Cancelled))!.LeaseUntil);
    }
}
