using EyesonBridge.Accounts;
using EyesonBridge.Bus;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Management;
using EyesonBridge.Observation;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Configuration;

public sealed class OptionsValidatorTests
{
    private const string Key = "a-secret-key";

    [Fact]
    public void Validate_Defaults_AreFineExceptForTheMissingAccount()
    {
        Assert.Contains("Eyeson:Accounts:default:ApiKey", Assert.Single(Problems(new EyesonOptionsValidator(), new EyesonOptions())), StringComparison.Ordinal);
        Assert.Empty(Problems(new ObserverOptionsValidator(), new ObserverOptions()));
        Assert.Empty(Problems(new BusOptionsValidator(), new BusOptions()));
        Assert.Empty(Problems(new StoreOptionsValidator(), new StoreOptions()));
        Assert.Empty(Problems(new ManagementOptionsValidator(), new ManagementOptions()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("api.eyeson.team")]
    [InlineData("ftp://api.eyeson.team")]
    [InlineData("/rooms")]
    public void Validate_EyesonUrl_MustBeHttp(string url) => AssertNames("Eyeson:Url", Eyeson(options => options.Url = url));

    [Theory]
    [InlineData("https://api.eyeson.team")]
    [InlineData("http://localhost:5710/")]
    [InlineData("wss://api.eyeson.team")]
    public void Validate_EyesonUrl_TakesHttpAndWebSocket(string url) => Assert.Empty(Eyeson(options => options.Url = url));

    [Fact]
    public void Validate_EyesonAuthentication_MustBeKnown() =>
        AssertNames("Eyeson:Authentication", Eyeson(options => options.Authentication = (CableAuthorization)9), howMany: 2); // and no key fits it

    [Theory]
    [InlineData(null, null, "Eyeson:Accounts:sales has no key")]
    [InlineData(" ", "", "Eyeson:Accounts:sales has no key")]
    [InlineData(Key, "/run/secrets/key", "Eyeson:Accounts:sales has both")]
    [InlineData("a-secret-key with-space", null, "Eyeson:Accounts:sales")]
    [InlineData("a-secret-kéy", null, "Eyeson:Accounts:sales")]
    public void Validate_Account_NeedsOneUsableKey(string? key, string? file, string expected)
    {
        var problem = Assert.Single(Eyeson(options => options.Accounts["sales"] = new AccountOptions { ApiKey = key, ApiKeyFile = file }));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-k", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_KeyThatNoSubprotocolCanHave_IsRefusedForThatOnly()
    {
        Assert.Empty(Eyeson(options => options.Accounts["default"].ApiKey = "a/secret="));

        var problem = Assert.Single(Eyeson(options =>
        {
            options.Authentication = CableAuthorization.Subprotocol;
            options.Accounts["default"].ApiKey = "a/secret=";
        }));
        Assert.StartsWith("Eyeson:Accounts:default", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("a/secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ApiKeyFile_MustBeThereAndHoldAKey()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Combine("empty"), " \n");
        File.WriteAllText(folder.Combine("good"), Key + "\n");
        File.WriteAllText(folder.Combine("bad"), "two a-secret-keys\n");
        Directory.CreateDirectory(folder.Combine("folder"));

        Assert.Empty(WithFile("good"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: there is no file", WithFile("missing"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: there is no file", WithFile("nowhere/missing"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: the file '" + folder.Combine("empty") + "' is empty", WithFile("empty"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: the file '" + folder.Combine("folder") + "' cannot be read", WithFile("folder"));
        Assert.DoesNotContain("a-secret", Assert.Single(WithFile("bad")), StringComparison.Ordinal);

        IReadOnlyList<string> WithFile(string name) =>
            Eyeson(options => options.Accounts["default"] = new AccountOptions { ApiKeyFile = folder.Combine(name) });
    }

    [Theory]
    [InlineData(nameof(ObserverOptions.ConnectTimeout))]
    [InlineData(nameof(ObserverOptions.WelcomeTimeout))]
    [InlineData(nameof(ObserverOptions.ConfirmTimeout))]
    [InlineData(nameof(ObserverOptions.ReconnectWithin))]
    [InlineData(nameof(ObserverOptions.WaitInterval))]
    public void Validate_ObserverTimes_MustBePositiveAndBelowAnHour(string setting)
    {
        foreach (var value in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromHours(2) })
        {
            var options = new ObserverOptions { ReconnectWithinAtMost = TimeSpan.FromHours(3) };
            typeof(ObserverOptions).GetProperty(setting)!.SetValue(options, value);

            AssertNames($"Observer:{setting}", Problems(new ObserverOptionsValidator(), options));
        }
    }

    [Fact]
    public void Validate_OtherObserverSettings_MustMakeSense()
    {
        AssertNames("Observer:SilenceTimeout", Observer(options => options.SilenceTimeout = TimeSpan.FromSeconds(3)));
        AssertNames("Observer:ReconnectWithinAtMost", Observer(options => options.ReconnectWithinAtMost = TimeSpan.FromSeconds(2)));
        AssertNames("Observer:MaxFrameBytes", Observer(options => options.MaxFrameBytes = 4095));
        AssertNames("Observer:MaxFrameBytes", Observer(options => options.MaxFrameBytes = (64 * 1024 * 1024) + 1));
    }

    [Fact]
    public void Validate_BusSettings_MustMakeSense()
    {
        AssertNames("Bus:Transport", Bus(options => options.Transport = (BusTransport)7));
        AssertNames("Bus:ControlQueue", Bus(options => options.ControlQueue = "my queue"));
        AssertNames("Bus:ControlQueue", Bus(options => options.ControlQueue = ""));
        AssertNames("Bus:PublishTimeout", Bus(options => options.PublishTimeout = TimeSpan.Zero));
        AssertNames("Bus:ConcurrentRooms", Bus(options => options.ConcurrentRooms = 0));
        AssertNames("Bus:ConcurrentRooms", Bus(options => options.ConcurrentRooms = 10_001));
    }

    [Theory]
    [InlineData("localhost:5672")]
    [InlineData("http://guest:hunter2@localhost")]
    [InlineData("")]
    public void Validate_BusUrl_MustBeAmqpAndIsNotRepeated(string url)
    {
        var problem = Assert.Single(Bus(options => options.Url = url));

        Assert.StartsWith("Bus:Url", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
        Assert.Empty(Bus(options => (options.Url, options.Transport) = (url, BusTransport.InMemory)));
    }

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
        var problem = Assert.Single(Problems(new StoreOptionsValidator(), new StoreOptions { ConnectionString = connectionString }));

        Assert.StartsWith("Store:ConnectionString", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_StoreProvider_MustBeKnown() =>
        AssertNames("Store:Provider", Problems(new StoreOptionsValidator(), new StoreOptions { Provider = (StoreProvider)5 }));

    [Theory]
    [InlineData("https://0.0.0.0:8443")]
    [InlineData("8080")]
    [InlineData("")]
    public void Validate_ManagementUrl_MustBeHttp(string url) =>
        AssertNames("Management:Url", Problems(new ManagementOptionsValidator(), new ManagementOptions { Url = url }));

    [Fact]
    public void Validate_ManyMistakes_AreToldAtOnce()
    {
        var problems = Eyeson(options =>
        {
            options.Url = "?";
            options.Accounts["b"] = new AccountOptions();
            options.Accounts["a"] = new AccountOptions { ApiKey = "x", ApiKeyFile = "y" };
        });

        Assert.Collection(
            problems,
            problem => Assert.StartsWith("Eyeson:Url", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Eyeson:Accounts:a", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Eyeson:Accounts:b", problem, StringComparison.Ordinal));
    }

    private static void AssertNames(string setting, IReadOnlyList<string> problems, int howMany = 1)
    {
        Assert.Equal(howMany, problems.Count);
        Assert.StartsWith(setting, problems[0], StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Eyeson(Action<EyesonOptions> change)
    {
        var options = new EyesonOptions();
        options.Accounts["default"] = new AccountOptions { ApiKey = Key };
        change(options);
        return Problems(new EyesonOptionsValidator(), options);
    }

    private static IReadOnlyList<string> Observer(Action<ObserverOptions> change)
    {
        var options = new ObserverOptions();
        change(options);
        return Problems(new ObserverOptionsValidator(), options);
    }

    private static IReadOnlyList<string> Bus(Action<BusOptions> change)
    {
        var options = new BusOptions();
        change(options);
        return Problems(new BusOptionsValidator(), options);
    }

    private static IReadOnlyList<string> Problems<TOptions>(IValidateOptions<TOptions> validator, TOptions options)
        where TOptions : class => [.. validator.Validate(name: null, options).Failures ?? []];
}
