using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Testing.Rails;

/// <summary>
/// Eyeson's observer as Rails serves it: the real ActionCable server of Debian's <c>ruby-actioncable</c> under Puma
/// (<c>tests/rails-observer</c>), on a free port of 127.0.0.1. Ends with the test process at the latest.
/// </summary>
public sealed class RailsObserver : IAsyncDisposable
{
    private readonly AttachedProcess _process;
    private readonly HttpClient _control;

    private RailsObserver(AttachedProcess process, Uri url, string apiKey)
    {
        _process = process;
        _control = new HttpClient { BaseAddress = new Uri(url, "/control/") };
        Url = url;
        ApiKey = apiKey;
    }

    /// <summary>What a bridge gets as <c>Eyeson:Url</c>: <c>http://127.0.0.1:PORT</c>, serving <c>/rt</c> and <c>/rooms</c>.</summary>
    public Uri Url { get; }

    /// <summary>The only key that the server accepts.</summary>
    public string ApiKey { get; }

    /// <summary>The process of Ruby and Puma.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <param name="apiKey">The only key that it will accept.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="InvalidOperationException">Ruby or a package is missing; the text says what to install.</exception>
    public static async Task<RailsObserver> StartAsync(string apiKey, CancellationToken cancellationToken)
    {
        var process = Launch(apiKey);
        try
        {
            var line = await process.ReadLineAsync(cancellationToken);
            return line.Split(' ') is ["ready", var url]
                ? new RailsObserver(process, new Uri(url), apiKey)
                : throw new InvalidOperationException($"tests/rails-observer said: {line}");
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the observer of a room connects, the key not included.</summary>
    public Uri SocketUrl(string roomId) =>
        new UriBuilder(Url) { Scheme = "ws", Path = "/rt", Query = $"room_id={Uri.EscapeDataString(roomId)}" }.Uri;

    /// <summary>Starts a meeting with nobody in it.</summary>
    public Task StartMeetingAsync(string roomId, CancellationToken cancellationToken) =>
        StartMeetingAsync(new JsonObject { ["id"] = roomId }, cancellationToken);

    /// <summary>Starts a meeting whose state is <paramref name="content"/>, as in <c>room_update.content</c>; only <c>id</c> is needed.</summary>
    public Task StartMeetingAsync(JsonObject content, CancellationToken cancellationToken) =>
        PostAsync("rooms", content.ToJsonString(), cancellationToken);

    /// <summary>Sends <paramref name="message"/> (JSON) to all observers of the room.</summary>
    public Task BroadcastAsync(string roomId, string message, CancellationToken cancellationToken) =>
        PostAsync($"{RoomPath(roomId)}/broadcast", message, cancellationToken);

    /// <summary>Ends the meeting: <c>room_update</c> with <c>shutdown</c>, then the sockets close and the room is gone.</summary>
    public Task EndMeetingAsync(string roomId, CancellationToken cancellationToken) =>
        PostAsync($"{RoomPath(roomId)}/end", "", cancellationToken);

    /// <summary>Closes the room's sockets without a word; the meeting goes on.</summary>
    public Task DropSocketsAsync(string roomId, CancellationToken cancellationToken) =>
        PostAsync($"{RoomPath(roomId)}/drop", "", cancellationToken);

    /// <summary>Restarts ActionCable: all sockets get <c>disconnect</c> with <c>server_restart</c> and <c>reconnect: true</c>.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => PostAsync("restart", "", cancellationToken);

    /// <summary>How many observers are subscribed to the room now.</summary>
    public async Task<int> CountSubscribersAsync(string roomId, CancellationToken cancellationToken)
    {
        var room = await _control.GetFromJsonAsync<JsonObject>(RoomPath(roomId), cancellationToken);
        return (int)room!["subscribers"]!;
    }

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _process.DisposeAsync();
    }

    private static AttachedProcess Launch(string apiKey) => AttachedProcess.Start(
        "ruby",
        [RepositoryRoot.PathTo("tests", "rails-observer", "server.rb")],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["OBSERVER_API_KEY"] = apiKey });

    private static string RoomPath(string roomId) => $"rooms/{Uri.EscapeDataString(roomId)}";

    private async Task PostAsync(string path, string body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _control.PostAsync(path, content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"POST /control/{path}: {(int)response.StatusCode} {text}", inner: null, response.StatusCode);
        }
    }
}
