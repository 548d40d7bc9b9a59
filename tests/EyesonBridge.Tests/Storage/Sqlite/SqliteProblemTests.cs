using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>The codes are those of https://sqlite.org/rescode.html.</summary>
public sealed class SqliteProblemTests
{
    [Theory]
    [InlineData(13, 13)] // SQLITE_FULL
    [InlineData(10, 4874)] // SQLITE_IOERR_SHMSIZE: the index of the log cannot grow
    public void Describe_NoRoomOnTheDisk_SaysSo(int code, int extended)
    {
        var problem = new SqliteException("It failed.", code, extended);

        Assert.True(SqliteProblem.IsDiskFull(problem));
        Assert.True(SqliteProblem.IsOfTheStore(problem));
        Assert.Contains("/data/bridge.db is full", SqliteProblem.Describe(problem, "/data/bridge.db"), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_AnyOtherFaultOfTheDisk_NamesItsCode()
    {
        var problem = new SqliteException("It failed.", 10, 778); // SQLITE_IOERR_WRITE

        Assert.False(SqliteProblem.IsDiskFull(problem));
        Assert.Contains("I/O error (778)", SqliteProblem.Describe(problem, "/data/bridge.db"), StringComparison.Ordinal);
    }

    /// <summary>A start waits for room only when it is room that is missing.</summary>
    [Fact]
    public void IsDiskFull_WhyTheStoreCannotBeOpened_TellsMissingRoomFromOtherCauses()
    {
        static bool IsFull(Exception? cause) => SqliteProblem.IsDiskFull(new StoreException("It cannot be opened.", cause));

        Assert.True(IsFull(new SqliteException("disk I/O error", 10, 4874)));
        Assert.True(IsFull(new IOException("No space left on device", 28)));
        Assert.True(IsFull(new IOException("There is not enough space on the disk.", unchecked((int)0x80070070))));
        Assert.False(IsFull(new SqliteException("file is not a database", 26)));
        Assert.False(IsFull(new IOException("Read-only file system", 30)));
        Assert.False(IsFull(cause: null));
    }
}
