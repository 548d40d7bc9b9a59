using System.Globalization;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using Npgsql;
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

    [Theory]
    [InlineData("Host=db;Database=bridge;Username=me;Password=hunter2")]
    [InlineData("Host=one,two:5433;Database=bridge;Username=me;SSL Mode=VerifyCA;Root Certificate=ca.pem")]
    [InlineData("Host=db;Database=bridge;SSL Mode=Disable")]
    [InlineData("Host=127.0.0.1:5433;Database=bridge;SSL Mode=Prefer")]
    public void Validate_PostgresConnectionString_CanBe(string connectionString) => Assert.Empty(ProblemsOf(new StoreOptionsValidator(), Postgres(connectionString)));

    [Theory]
    [InlineData("Data Source=data/eyeson-bridge.db")]
    [InlineData("Database=bridge;Password=hunter2")]
    [InlineData("Host=db;Password=hunter2")]
    [InlineData("Host=db;Database=bridge;SSL Mode=Require;Password=hunter2")]
    [InlineData("Host=localhost,db;Database=bridge;SSL Mode=Prefer")]
    [InlineData("Host=db;Database=bridge;Multiplexing=true")]
    public void Validate_PostgresConnectionString_CannotBe(string connectionString)
    {
        var problem = Assert.Single(ProblemsOf(new StoreOptionsValidator(), Postgres(connectionString)));

        Assert.StartsWith("Store:ConnectionString", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_PasswordFile_MustExistBeTheOnlyPasswordAndBeForPostgres()
    {
        var missing = Postgres("Host=db;Database=bridge");
        missing.PasswordFile = "/no/such/file";
        Assert.Contains("does not exist", Assert.Single(ProblemsOf(new StoreOptionsValidator(), missing)), StringComparison.Ordinal);

        var twice = Postgres("Host=db;Database=bridge;Password=hunter2");
        twice.PasswordFile = typeof(StoreOptionsValidatorTests).Assembly.Location;
        Assert.StartsWith("Store:PasswordFile", Assert.Single(ProblemsOf(new StoreOptionsValidator(), twice)), StringComparison.Ordinal);

        AssertNames("Store:PasswordFile", ProblemsOf(new StoreOptionsValidator(), new StoreOptions { PasswordFile = twice.PasswordFile }));
    }

    [Theory]
    [InlineData("Host=db;Database=bridge;SSL Mode=Disable;Password=hunter2", true)]
    [InlineData("Host=localhost;Database=bridge;SSL Mode=Disable", false)]
    [InlineData("Host=db;Database=bridge", false)]
    public void Warning_WithoutEncryptionToAnotherMachine_SaysSo(string connectionString, bool isToWarn)
    {
        var warning = PostgresSettings.Warning(Postgres(connectionString));

        Assert.Equal(isToWarn, warning is not null);
        Assert.DoesNotContain("hunter2", warning ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Database=bridge", SslMode.VerifyFull, null)]
    [InlineData("Host=one,two;Database=bridge;SSL Mode=VerifyCA", SslMode.VerifyCA, "read-write")]
    [InlineData("Host=localhost;Database=bridge", SslMode.Prefer, null)]
    public void Complete_PostgresConnectionString_IsStrictAndFindsWhoCanBeWrittenTo(string connectionString, SslMode mode, string? target)
    {
        var settings = PostgresSettings.Complete(Postgres(connectionString));

        Assert.Equal((mode, target), (settings.SslMode, settings.TargetSessionAttributes));
        Assert.False(settings.IncludeErrorDetail);
    }

    private static StoreOptions Postgres(string connectionString) => new() { Provider = StoreProvider.Postgres, ConnectionString = connectionString };
}
