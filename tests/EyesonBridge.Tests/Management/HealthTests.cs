using System.Net;
using System.Text.Json;
using EyesonBridge.Management;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Tests.Hosting;
using EyesonBridge.Tests.Storage.Sqlite;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Management;

public sealed class HealthTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Live_RunningBridge_IsHealthyAndChecksWhatCanBeStuck()
    {
        await using var bridge = await BridgeFixture.StartAsync(Cancelled);

        var (status, json) = await GetAsync(bridge, "/health/live");

        Assert.Equal((HttpStatusCode.OK, "healthy"), (status, json.GetProperty("status").GetString()));
        Assert.Equal(["dispatcher", "supervisor"], json.GetProperty("checks").EnumerateObject().Select(check => check.Name), StringComparer.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Startup_RunningBridge_IsHealthy()
    {
        await using var bridge = await BridgeFixture.StartAsync(Cancelled);

        var (status, json) = await GetAsync(bridge, "/health/startup");

        Assert.Equal((HttpStatusCode.OK, "healthy"), (status, json.GetProperty("status").GetString()));
        Assert.Equal(["start"], json.GetProperty("checks").EnumerateObject().Select(check => check.Name), StringComparer.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task StartCheck_NotEverythingStarted_IsUnhealthy()
    {
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var check = new StartHealthCheck(lifetime);

        var before = await check.CheckHealthAsync(new HealthCheckContext(), Cancelled);
        lifetime.NotifyStarted();
        var after = await check.CheckHealthAsync(new HealthCheckContext(), Cancelled);

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), (before.Status, after.Status));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ready_RunningBridge_IsHealthyAndNamesEachPart()
    {
        await using var bridge = await BridgeFixture.StartAsync(Cancelled);
        var bus = bridge.Bridge.Services.GetRequiredService<IBusControl>();
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, Cancelled);

        var (status, json) = await GetAsync(bridge, "/health/ready");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("healthy", json.GetProperty("status").GetString());
        Assert.Equal(["accounts", "bus", "publishing", "routing", "store"], json.GetProperty("checks").EnumerateObject().Select(check => check.Name), StringComparer.Ordinal);
        Assert.Equal("healthy", json.GetProperty("checks").GetProperty("store").GetProperty("status").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Ready_StoreThatTakesNoWrites_SaysThatItIsTheStoreAndWhy()
    {
        await using var bridge = await BridgeFixture.StartAsync(Cancelled);
        var store = (SqliteStore)bridge.Bridge.Services.GetRequiredService<IBridgeStore>();
        await SqliteFixture.FillDiskAsync(store);
        var waiting = store.RegisterRoomAsync(Registration(new string('x', 100_000)), Cancelled); // needs pages that are not there

        var (status, json) = await GetAsync(bridge, "/health/ready");
        var (live, _) = await GetAsync(bridge, "/health/live");
        await SqliteFixture.FreeDiskAsync(store);
        await waiting;
        var (after, _) = await GetAsync(bridge, "/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unhealthy", json.GetProperty("status").GetString());
        var check = json.GetProperty("checks").GetProperty("store");
        Assert.Equal("unhealthy", check.GetProperty("status").GetString());
        Assert.Contains("disk", check.GetProperty("description").GetString()!, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("healthy", json.GetProperty("checks").GetProperty("bus").GetProperty("status").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (live, after));
    }

    [Fact(Timeout = 60_000)]
    public async Task StoreCheck_WriteThatTakesTooLong_IsUnhealthy()
    {
        using var fixture = new SqliteFixture();
        await using var store = await fixture.OpenAsync();
        using var release = await SqliteFixture.OccupyAsync(store);

        var check = new StoreHealthCheck(store, fixture.Time).CheckHealthAsync(new HealthCheckContext(), Cancelled);
        await fixture.Time.WhenArmedAsync(1, Cancelled);
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        var result = await check;
        release.Set();

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Contains("longer than 2 s", result.Description, StringComparison.Ordinal);
    }

    private static RoomRegistration Registration(string roomId) => new(roomId, "default", "command", WaitUntil: null, DateTimeOffset.UnixEpoch);

    private static async Task<(HttpStatusCode Status, JsonElement Json)> GetAsync(BridgeFixture bridge, string path)
    {
        using var response = await bridge.GetAsync(path, Cancelled);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled));
        return (response.StatusCode, json.RootElement.Clone());
    }
}
