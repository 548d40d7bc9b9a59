using System.Diagnostics;
using System.Diagnostics.Metrics;
using EyesonBridge.Hosting;
using EyesonBridge.Telemetry;
using EyesonBridge.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EyesonBridge.Tests.Telemetry;

[Collection(TracedGroup.Name)]
public sealed class TelemetryServicesTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Nowhere = "http://127.0.0.1:9";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 OTEL_SDK_DISABLED=true")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 OTEL_TRACES_EXPORTER=none OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none")]
    public async Task Bridge_NothingToSendOrNowhere_IsNotListenedTo(string variables)
    {
        var settings = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('='));
        await using var bridge = await BridgeFixture.StartAsync(
            Cancellation, settings.ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal));

        Assert.False(BridgeTelemetry.Source.HasListeners());
        Assert.DoesNotContain(Instruments(), instrument => instrument.Enabled);
        Assert.Equal((null, null, null), Providers(bridge.Bridge.Services));
    }

    [Fact(Timeout = 60_000)]
    public async Task Bridge_EndpointOfOneSignal_SendsThatSignalOnly()
    {
        await using var bridge = await BridgeFixture.StartAsync(
            Cancellation, new Dictionary<string, string?>(StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = Nowhere });

        Assert.False(BridgeTelemetry.Source.HasListeners());
        Assert.NotEmpty(Instruments());
        Assert.All(Instruments(), instrument => Assert.True(instrument.Enabled));
        Assert.Null(bridge.Bridge.Services.GetService<LoggerProvider>());
    }

    [Fact(Timeout = 60_000)]
    public async Task Build_WithAnEndpoint_ListensToOurOwnSpansBeforeAnythingStarts()
    {
        await using var bridge = BridgeHost.Build(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Eyeson:Accounts:default:ApiKey"] = "a-key",
            ["Bus:Transport"] = "InMemory",
            [Endpoint] = Nowhere,
        });

        Assert.True(BridgeTelemetry.Source.HasListeners());
        Assert.All(["System.Net.Http", "Microsoft.AspNetCore", "MassTransit", "RabbitMQ.Client.Publisher"], name =>
        {
            using var foreign = new ActivitySource(name); // of Eyeson's client among them, whose addresses are secrets
            Assert.False(foreign.HasListeners());
        });
    }

    [Fact]
    public void Resource_OfEverySignal_SaysWhoWeAre()
    {
        using var services = Build(new(StringComparer.Ordinal) { [Endpoint] = Nowhere });

        Assert.All(Resources(services), attributes =>
        {
            Assert.Equal("eyeson-bridge", attributes["service.name"]);
            Assert.Matches(@"^\d+\.\d+\.\d+", attributes["service.version"]);
            Assert.StartsWith(Environment.MachineName, attributes["service.instance.id"], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Resource_NamedByVariables_FollowsThem()
    {
        using var services = Build(new(StringComparer.Ordinal)
        {
            [Endpoint] = Nowhere,
            ["OTEL_SERVICE_NAME"] = "meetings",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=seven,deployment.environment.name=test",
        });

        Assert.All(Resources(services), attributes =>
            Assert.Equal(("meetings", "seven", "test"), (attributes["service.name"], attributes["service.instance.id"], attributes["deployment.environment.name"])));
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_WhatIsWrittenWhileServicesGo_IsSent()
    {
        await using var collector = await CollectorStandIn.StartAsync(hangs: false, Cancellation);
        await using (var services = Build(collector.Settings()))
        {
            services.GetRequiredService<LastWords>();
        }

        Assert.True(collector.Holds("/v1/traces", "last words"));
        Assert.True(collector.Holds("/v1/metrics", "last.words"));
        Assert.True(collector.Holds("/v1/logs", "last words"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_CollectorThatHangs_TakesAllSignals3SecondsTogether()
    {
        await using var collector = await CollectorStandIn.StartAsync(hangs: true, Cancellation);
        var services = Build(collector.Settings());
        services.GetRequiredService<LastWords>();

        var begun = TimeProvider.System.GetTimestamp();
        await services.DisposeAsync();
        var took = TimeProvider.System.GetElapsedTime(begun);

        Assert.True(collector.FirstRequest.IsCompleted);
        Assert.InRange(took, TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5.5)); // two of them in turn would take 6 s
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<LastWords>()
            .AddBridgeTelemetry(configuration)
            .BuildServiceProvider();
        services.UseBridgeTelemetry();
        return services;
    }

    private static (TracerProvider?, MeterProvider?, LoggerProvider?) Providers(IServiceProvider services) =>
        (services.GetService<TracerProvider>(), services.GetService<MeterProvider>(), services.GetService<LoggerProvider>());

    private static List<Dictionary<string, string?>> Resources(IServiceProvider services)
    {
        var (traces, metrics, logs) = Providers(services);
        return [.. new BaseProvider[] { traces!, metrics!, logs! }.Select(provider =>
            provider.GetResource().Attributes.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal))];
    }

    private static List<Instrument> Instruments()
    {
        var found = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (string.Equals(instrument.Meter.Name, BridgeMetrics.MeterName, StringComparison.Ordinal))
                    found.Add(instrument);
            },
        };
        BridgeMetrics.NoteDiscarded(); // brings the static ones into being
        listener.Start();
        return found;
    }
}
