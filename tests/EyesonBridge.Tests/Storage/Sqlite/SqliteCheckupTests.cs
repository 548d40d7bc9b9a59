using System.Globalization;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>A look at a store leaves it as it is: the bridge finds all that it would have found.</summary>
public sealed class SqliteCheckupTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    private string ConnectionString => $"Data Source={_fixture.Path}";

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Run_Store_TellsWhetherItIsInUseAndWhatWaits()
    {
        await using (var store = await _fixture.OpenAsync())
        {
            var room = await SqliteFixture.HoldAsync(store);
            await store.AppendAsync(SqliteFixture.Append(room, 0), SqliteFixture.Cancelled);
            Assert.Equal("in use by a running bridge; 1 event waiting in its outbox", SqliteCheckup.Run(ConnectionString));
        }

        Assert.Equal("writable; 1 event waiting in its outbox", SqliteCheckup.Run(ConnectionString));
        Assert.False(SqliteCheckup.IsOlder(ConnectionString));
        await using var again = await _fixture.OpenAsync();
        Assert.Equal(0, _fixture.Log.Count(2008));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_StoreOfAnEarlierVersion_LeavesTheUpgradeToTheBridge()
    {
        using (var connection = _fixture.Connect())
        {
            SqliteSchema.Upgrade(connection.Handle!, [.. SqliteSchema.Migrations.Take(4)]);
            SqliteStatement.Execute(connection.Handle!, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {SqliteSchema.ApplicationId}"));
        }

        var found = SqliteCheckup.Run(ConnectionString);

        Assert.Equal($"has schema 4, and the bridge brings it to {SqliteSchema.Version} when it starts; 0 events waiting in its outbox", found);
        Assert.True(SqliteCheckup.IsOlder(ConnectionString));
        await using var store = await _fixture.OpenAsync();
        Assert.Equal(1, _fixture.Log.Count(2001));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_StoreThatWasRestored_LeavesItToTheBridgeToNoticeThat()
    {
        await (await _fixture.OpenAsync()).DisposeAsync();
        SqliteBackup.Create(ConnectionString, _fixture.Path + ".backup", static _ => null, SqliteFixture.Cancelled);
        File.Move(_fixture.Path + ".backup", _fixture.Path, overwrite: true);

        SqliteCheckup.Run(ConnectionString);

        await using var store = await _fixture.OpenAsync();
        Assert.Equal(1, _fixture.Log.Count(2008));
    }

    [Fact]
    public void Run_FileThatIsNoDatabase_IsToldByBoth()
    {
        File.WriteAllText(_fixture.Path, new string('x', 10_000));

        Assert.Contains("is not a SQLite database", Assert.Throws<StoreException>(() => SqliteCheckup.Run(ConnectionString)).Message, StringComparison.Ordinal);
        Assert.Contains("is not a SQLite database", Assert.Throws<StoreException>(() => SqliteCheckup.IsOlder(ConnectionString)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FileOfAnotherProgram_IsTold()
    {
        _fixture.Execute("CREATE TABLE rooms (id)");

        Assert.Contains("belongs to another program", Assert.Throws<StoreException>(() => SqliteCheckup.Run(ConnectionString)).Message, StringComparison.Ordinal);
    }
}
