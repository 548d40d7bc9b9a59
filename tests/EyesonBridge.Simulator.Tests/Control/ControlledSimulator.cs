using System.Net;
using System.Text;
using System.Text.Json;

namespace EyesonBridge.Simulator.Tests.Control;

/// <summary>A simulator for each test, and requests to what it is controlled with.</summary>
public abstract class ControlledSimulator : IAsyncLifetime
{
    private protected HttpClient Http { get; } = new();

    private protected EyesonSimulator Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        Http.BaseAddress = new Uri(Simulator.Url, "simulator/");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Get, path, body: null, expected);

    private protected Task<JsonElement> PostAsync(string path, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        SendAsync(HttpMethod.Post, path, body, expected);

    private protected async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8);
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }
}
