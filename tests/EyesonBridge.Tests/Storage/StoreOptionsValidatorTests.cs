using System.Globalization;
using EyesonBridge.Storage;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Storage;

public sealed class StoreOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new StoreOptionsValidator(), new StoreOptions()));

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file::memory:?cache=shared")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Host=db;Username=me;Password=hunter2")]
    [InlineData("Data Source")]
    public void Validate_StoreConnectionString_MustNameAFile(string connectionString)
    {
        var problem = Assert.Single(ProblemsOf(new StoreOptionsValidator(), new StoreOptions { ConnectionString = connectionString }));

        Assert.StartsWith("Store:ConnectionString", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:59:59")]
    [InlineData("-1.00:00:00")]
    [InlineData("3651.00:00:00")]
    public void Validate_KeepEndedRooms_MustBeFromAnHourToTenYears(string time) => AssertNames(
        "Store:KeepEndedRooms",
        ProblemsOf(new StoreOptionsValidator(), new StoreOptions { KeepEndedRooms = TimeSpan.Parse(time, CultureInfo.InvariantCulture) }));

    [Fact]
    public void Validate_StoreProvider_MustBeKnown() =>
        AssertNames("Store:Provider", ProblemsOf(new StoreOptionsValidator(), new StoreOptions { Provider = (StoreProvider)5 }));
}
