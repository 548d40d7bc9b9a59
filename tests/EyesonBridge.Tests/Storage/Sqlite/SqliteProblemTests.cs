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
}
