using EyesonBridge.Hosting;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Hosting;

/// <summary>A whole bridge in this process: in-memory bus, a store in a folder of its own, any port, and nothing to observe.</summary>
internal sealed class BridgeFixture : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private RunningBridge? _bridge;

    public RunningBridge Bridge => _bridge ?? throw new InvalidOperationException("The bridge does not run.");

    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="more">Settings of the test, above those of the fixture.</param>
    public static async Task<BridgeFixture> StartAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? more = null)
    {
        var fixture = new BridgeFixture();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Eyeson:Url"] = "http://127.0.0.1:9",
            ["Eyeson:Accounts:default:ApiKey"] = "a-key",
            ["Bus:Transport"] = "InMemory",
            ["Store:ConnectionString"] = $"Data Source={fixture._folder.Combine("bridge.db")}",
            ["Management:Url"] = "http://127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Microsoft"] = "None",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "None",
        };
        foreach (var (setting, value) in more ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            settings[setting] = value;
        fixture._bridge = await RunningBridge.StartAsync(settings, cancellationToken);
        return fixture;
    }

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri(new Uri(Bridge.Urls.First()), path), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_bridge is not null)
            await _bridge.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
