namespace AppHost;

/// <summary>What runs, and how the parts find each other.</summary>
public static class AppModel
{
    private const string Room = "demo";

    /// <summary>
    /// A broker, a database, a simulated Eyeson with one meeting, two replicas of the bridge, and a consumer that has the meeting
    /// observed and saves its recordings. Broker and database are containers, unless a connection string names one.
    /// </summary>
    /// <param name="args">
    /// Settings, as <c>--NAME=VALUE</c>: <c>ConnectionStrings:rabbitmq</c>, <c>ConnectionStrings:eyeson-bridge</c>, <c>DATA</c> (the
    /// folder for what the consumer saves), and Aspire's own.
    /// </param>
    public static IDistributedApplicationBuilder Create(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = args, AssemblyName = typeof(AppModel).Assembly.GetName().Name });

        var apiKey = builder.AddParameter("api-key", "demo-key", secret: true);
        var broker = Given(builder, "rabbitmq") ?? builder.AddRabbitMQ("rabbitmq").WithManagementPlugin();
        var database = Given(builder, "eyeson-bridge")
            ?? (IResourceBuilder<IResourceWithConnectionString>)builder.AddPostgres("postgres").AddDatabase("eyeson-bridge", "eyeson_bridge");

        var simulator = builder.AddProject<Projects.EyesonBridge_Simulator>("simulator", static options => options.ExcludeLaunchProfile = true)
            .WithHttpEndpoint()
            .WithEndpointsInEnvironment(static _ => false);
        simulator
            .WithArgs("--url", ReferenceExpression.Create($"http://localhost:{simulator.GetEndpoint("http").Property(EndpointProperty.TargetPort)}"))
            .WithArgs("--api-key", apiKey)
            .WithArgs("--room", Room, "--script");

        // A replica listens where Aspire wants it to; the settings are those of docs/operations.md.
        var bridge = builder.AddProject<Projects.EyesonBridge>("bridge", static options => options.ExcludeLaunchProfile = true)
            .WithReplicas(2)
            .WithHttpEndpoint()
            .WithEndpointsInEnvironment(static _ => false)
            .WithHttpHealthCheck("/health/ready")
            .WithEnvironment("Bus__Url", broker)
            .WithEnvironment("Store__Provider", "Postgres")
            .WithEnvironment("Store__ConnectionString", ReferenceExpression.Create($"{database};SSL Mode=Disable"))
            .WithEnvironment("Eyeson__Url", simulator.GetEndpoint("http"))
            .WithEnvironment("Eyeson__Accounts__default__ApiKey", apiKey)
            .WaitFor(broker)
            .WaitFor(database)
            .WaitFor(simulator);
        bridge.WithEnvironment("Management__Url", ReferenceExpression.Create($"http://localhost:{bridge.GetEndpoint("http").Property(EndpointProperty.TargetPort)}"));

        builder.AddProject<Projects.Recordings>("recordings", static options => options.ExcludeLaunchProfile = true)
            .WithArgs(Room)
            .WithEnvironment("RABBITMQ_URL", broker)
            .WithEnvironment("DATA", builder.Configuration["DATA"] ?? Path.Combine(builder.AppHostDirectory, "data"))
            .WaitFor(broker);
        return builder;
    }

    /// <summary>What a setting <c>ConnectionStrings:NAME</c> leads to, where there is one: then nothing is started for it.</summary>
    private static IResourceBuilder<IResourceWithConnectionString>? Given(IDistributedApplicationBuilder builder, string name) =>
        string.IsNullOrEmpty(builder.Configuration[$"ConnectionStrings:{name}"]) ? null : builder.AddConnectionString(name);
}
