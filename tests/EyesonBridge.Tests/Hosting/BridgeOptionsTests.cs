using EyesonBridge.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Hosting;

public sealed class BridgeOptionsTests
{
    [Fact]
    public void Problems_OfAWorkingConfiguration_AreNone() => Assert.Empty(Check());

    [Fact]
    public void Problems_OfEverySection_AreToldAtOnce()
    {
        var problems = Check(
            ("Eyeson:Url", "nowhere"),
            ("Eyeson:Accounts:other:ApiKeyFile", "/no/such/file"),
            ("Observer:SilenceTimeout", "00:00:01"),
            ("Bus:Url", "localhost"),
            ("Store:ConnectionString", ""),
            ("Management:Url", "8080"));

        AssertNamed(problems, "Eyeson:Url", "Eyeson:Accounts:other:ApiKeyFile", "Observer:SilenceTimeout", "Bus:Url", "Store:ConnectionString", "Management:Url");
    }

    [Fact]
    public void Problems_ValuesThatCannotBeRead_AreToldAtOnceBesideTheOthers()
    {
        var problems = Check(
            ("Observer:ConnectTimeout", "soon"),
            ("Observer:MaxFrameBytes", "many"),
            ("Observer:SilenceTimeout", "00:00:01"),
            ("Eyeson:Authentication", "Handshake"),
            ("Eyeson:Url", "nowhere"),
            ("Bus:Transport", "Kafka"),
            ("Store:Provider", "Paper"));

        AssertNamed(
            problems,
            "Observer:ConnectTimeout", "Observer:MaxFrameBytes", "Observer:SilenceTimeout", "Eyeson:Authentication", "Eyeson:Url", "Bus:Transport", "Store:Provider");
    }

    [Fact]
    public void Problems_OfLogs_AreToldAtOnce()
    {
        var problems = Check(
            ("Logging:LogLevel:Default", "Verbose"),
            ("Logging:LogLevel:MassTransit", "warning"),
            ("Logging:Console:LogLevel:EyesonBridge.Outbox", "loud"),
            ("Logging:LogLevel:EyesonBridge:Outbox", "much"),
            ("Logging:Console:FormatterName", "xml"),
            ("Logging:Console:FormatterOptions:SingleLine", "yes"),
            ("Logging:Console:FormatterOptions:ColorBehavior", "Red"),
            ("Logging:Console:LogToStandardErrorThreshold", "7"),
            ("Logging:Console:QueueFullMode", "2"),
            ("Logging:Console:MaxQueueLength", "0"));

        AssertNamed(
            problems,
            "Logging:LogLevel:Default must be one of: Trace, Debug, Information, Warning, Error, Critical, None.", "Logging:Console:LogLevel:EyesonBridge.Outbox",
            "Logging:LogLevel:EyesonBridge:Outbox", "Logging:Console:FormatterName", "Logging:Console:FormatterOptions:SingleLine",
            "Logging:Console:FormatterOptions:ColorBehavior", "Logging:Console:LogToStandardErrorThreshold", "Logging:Console:QueueFullMode must be one of: Wait, DropWrite.", "Logging:Console:MaxQueueLength must be a whole number, 1 or more.");
    }

    [Fact]
    public void Problems_LogsAsTheyCanBeSet_AreNone() => Assert.Empty(Check(
        ("Logging:LogLevel:Default", "debug"),
        ("Logging:LogLevel:Microsoft", ""),
        ("Logging:Console:FormatterName", "JSON"),
        ("Logging:Console:QueueFullMode", "wait"),
        ("Logging:Console:MaxQueueLength", "1"),
        ("Logging:Console:DisableColors", "true"),
        ("Logging:Console:FormatterOptions:SingleLine", "False")));

    [Theory(Timeout = 20_000)]
    [InlineData("Logging:Console:FormatterName")]
    [InlineData("Logging:Console:QueueFullMode")]
    [InlineData("Logging:Console:MaxQueueLength")]
    public async Task Build_SettingForLogsThatIsEmpty_CountsAsNotSet(string setting)
    {
        await using var app = BridgeHost.Build(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Eyeson:Accounts:default:ApiKey"] = "a-key",
            [setting] = "",
        });

        Assert.NotNull(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("any"));
    }

    [Fact]
    public void Problems_KeyInTheWrongPlace_IsNotRepeated()
    {
        var problems = Check(
            ("Eyeson:Accounts:default:ApiKey", null),
            ("Eyeson:Accounts:default", "hunter2hunter2"),
            ("Bus:Url", "http://me:hunter2@broker"));

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_OfTelemetrysVariables_AreNamedWithoutTheirValues()
    {
        var problems = Check(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:hunter2"),
            ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "ftp://me:hunter2@collector"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"),
            ("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "smoke"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "Authorization: Bearer hunter2"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=Bearer hunter2=,x-scope=one,"),
            ("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "a=hunter2,,c=d"),
            ("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "a=hunter2%2Cc"));

        AssertNamed(
            problems,
            "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
            "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_LOGS_HEADERS", "OTEL_EXPORTER_OTLP_METRICS_HEADERS");
        Assert.All(problems, problem => Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Build_WrongSettings_TellsEachOnALineOfItsOwn()
    {
        var error = Assert.Throws<ConfigurationException>(() => BridgeHost.Build(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Eyeson:Url"] = "nowhere",
            ["Bus:Url"] = "localhost",
        }));

        Assert.Equal(3, error.Problems.Count); // and no account
        Assert.Equal(string.Join(Environment.NewLine, error.Problems), error.Message);
    }

    private static IReadOnlyList<string> Check(params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Eyeson:Accounts:default:ApiKey"] = "a-key" };
        foreach (var (key, value) in settings)
            all[key] = value;
        return BridgeOptions.Problems(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
