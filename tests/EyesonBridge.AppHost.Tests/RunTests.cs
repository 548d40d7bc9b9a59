using AppHost;
using Aspire.Hosting.Testing;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.AppHost.Tests;

/// <summary>The sample at work, with the broker and the database of the tests instead of containers.</summary>
public sealed class RunTests(RabbitMqFixture broker, PostgresFixture postgres) : IClassFixture<RabbitMqFixture>, IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithAGivenBrokerAndDatabase_SavesTheRecordingOfTheMeeting()
    {
        using var data = new TempFolder();
        using var folder = new FileSystemWatcher(data.Path, "*.json");
        var saved = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        folder.Renamed += (_, file) => saved.TrySetResult(file.FullPath);
        folder.EnableRaisingEvents = true;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync(
            typeof(AppModel),
            [
                $"--ConnectionStrings:rabbitmq={broker.Url}",
                $"--ConnectionStrings:eyeson-bridge={await postgres.Server.CreateDatabaseAsync(Cancellation)}",
                $"--DATA={data.Path}",
            ],
            Cancellation);
        await using var app = await builder.BuildAsync(Cancellation);

        await app.StartAsync(Cancellation);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("bridge", Cancellation).WaitAsync(Patience, TimeProvider.System, Cancellation);
        var recording = await File.ReadAllTextAsync(await saved.Task.WaitAsync(Patience, TimeProvider.System, Cancellation), Cancellation);
        Assert.Contains("\"roomId\": \"demo\"", recording, StringComparison.Ordinal);
        using var http = app.CreateHttpClient("bridge", "http");
        Assert.Contains("demo", await http.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation), StringComparison.Ordinal);
        await app.StopAsync(Cancellation);
    }
}
