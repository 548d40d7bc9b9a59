using AppHost;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.AppHost.Tests;

/// <summary>What the sample's model holds, without starting any of it.</summary>
public sealed class AppModelTests
{
    private static readonly string[] Given = ["--ConnectionStrings:rabbitmq=amqp://user:secret@host:5672", "--ConnectionStrings:eyeson-bridge=Host=host;Database=bridge"];

    [Fact]
    public async Task Resources_Always_AreBrokerDatabaseSimulatorBridgeAndConsumer()
    {
        await using var app = AppModel.Create([]).Build();

        Assert.Equal(["bridge", "recordings", "simulator"], Names(Resources(app).OfType<ProjectResource>()));
        Assert.Equal(["postgres", "rabbitmq"], Names(Resources(app).OfType<ContainerResource>()));
        Assert.Equal(["eyeson-bridge"], Names(Resources(app).OfType<PostgresDatabaseResource>()));
        Assert.Equal(2, Assert.Single(Find(app, "bridge").Annotations.OfType<ReplicaAnnotation>()).Replicas);
        Assert.Equal(
            ["eyeson-bridge", "postgres", "rabbitmq", "simulator"],
            Names(Find(app, "bridge").Annotations.OfType<WaitAnnotation>().Select(static wait => wait.Resource)));
    }

    [Fact]
    public async Task Bridge_SettingsInItsEnvironment_LeadToTheOthers()
    {
        await using var app = AppModel.Create([]).Build();

        var (arguments, environment) = await ConfigurationAsync(app, "bridge");

        Assert.Empty(arguments);
        Assert.Equal("{rabbitmq.connectionString}", environment["Bus__Url"]);
        Assert.Equal("Postgres", environment["Store__Provider"]);
        Assert.Equal("{eyeson-bridge.connectionString};SSL Mode=Disable", environment["Store__ConnectionString"]);
        Assert.Equal("{simulator.bindings.http.url}", environment["Eyeson__Url"]);
        Assert.Equal("{api-key.value}", environment["Eyeson__Accounts__default__ApiKey"]);
        Assert.Equal("http://localhost:{bridge.bindings.http.targetPort}", environment["Management__Url"]);
        // What it would listen at without being asked.
        Assert.DoesNotContain("ASPNETCORE_URLS", environment.Keys);
        Assert.DoesNotContain("HTTP_PORTS", environment.Keys);
    }

    [Fact]
    public async Task SimulatorAndConsumer_TheirArguments_NameOneMeeting()
    {
        await using var app = AppModel.Create(["--DATA=/somewhere"]).Build();

        var (simulator, _) = await ConfigurationAsync(app, "simulator");
        var (consumer, environment) = await ConfigurationAsync(app, "recordings");

        Assert.Equal(["--url", "http://localhost:{simulator.bindings.http.targetPort}", "--api-key", "{api-key.value}", "--room", "demo", "--script"], simulator);
        Assert.Equal(["demo"], consumer);
        Assert.Equal("{rabbitmq.connectionString}", environment["RABBITMQ_URL"]);
        Assert.Equal("/somewhere", environment["DATA"]);
    }

    [Fact]
    public async Task BrokerAndDatabase_GivenByConnectionStrings_AreNotStarted()
    {
        await using var app = AppModel.Create(Given).Build();

        Assert.Empty(Resources(app).OfType<ContainerResource>());
        Assert.Equal("{rabbitmq.connectionString}", (await ConfigurationAsync(app, "bridge")).Environment["Bus__Url"]);
    }

    private static IEnumerable<string> Names(IEnumerable<IResource> resources) => resources.Select(static resource => resource.Name).Order(StringComparer.Ordinal);

    private static DistributedApplicationModel Model(DistributedApplication app) => app.Services.GetRequiredService<DistributedApplicationModel>();

    private static IEnumerable<IResource> Resources(DistributedApplication app) => Model(app).Resources;

    private static IResource Find(DistributedApplication app, string name) => Resources(app).Single(resource => string.Equals(resource.Name, name, StringComparison.Ordinal));

    /// <summary>What a process gets, with references to others left as they would be published.</summary>
    private static async Task<(IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)> ConfigurationAsync(DistributedApplication app, string name)
    {
        var result = await ExecutionConfigurationBuilder.Create(Find(app, name))
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance, TestContext.Current.CancellationToken);
        return ([.. result.Arguments.Select(static argument => argument.Value)], result.EnvironmentVariables.ToDictionary(StringComparer.Ordinal));
    }
}
