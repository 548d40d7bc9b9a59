using System.Net;
using System.Text.RegularExpressions;
using EyesonBridge.Hosting;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Outbox;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EyesonBridge.Integration.Tests.Status;

/// <summary>The status page as a browser shows it: Debian's Chromium.</summary>
public sealed class StatusPageTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string ApiKey = "status-api-key-91c2";
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private EyesonSimulator _simulator = null!;
    private WorkerEnvironment _environment = null!;
    private RunningBridge _bridge = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private EventCollector _events = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Page => new(_bridge.Urls.First());

    private IBridgeStore Store => _bridge.Services.GetRequiredService<IBridgeStore>();

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            throw MissingTool.Error(Chromium);

        _simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _environment = new WorkerEnvironment(_simulator.Url, ApiKey, rabbit.Url);
        var overrides = _environment.Settings.ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value, StringComparer.Ordinal);
        foreach (var category in new[] { "Default", "MassTransit", "Microsoft.Hosting.Lifetime" })
            overrides[$"Logging:LogLevel:{category}"] = "None";
        _bridge = await RunningBridge.StartAsync(overrides, Cancellation);
        _events = await EventCollector.StartAsync(rabbit.Url, "IRoomEvent", Cancellation); // so that every event has a reader
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_bridge is not null)
            await _bridge.DisposeAsync();
        if (_events is not null)
            await _events.DisposeAsync();
        if (_simulator is not null)
            await _simulator.DisposeAsync();
        _environment?.Dispose();
    }

    [Fact]
    public async Task Page_WhileAMeetingGoesOn_ShowsItLive()
    {
        var room = _simulator.CreateRoom("weekly-planning");
        await RegisterAsync(room.Id);
        await room.WhenSubscribedAsync(1, Cancellation);
        var page = await _browser.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) => errors.AddRange(message.Type is "error" ? [message.Text] : Array.Empty<string>());
        await page.GotoAsync(Page.ToString());

        var row = page.Locator("#rooms tbody tr", new() { HasText = room.Id });
        await Assertions.Expect(row.Locator("td").Nth(2)).ToHaveTextAsync("observing");
        await Assertions.Expect(page.Locator("#broker")).ToContainTextAsync("healthy");
        await Assertions.Expect(page.Locator("#store")).ToContainTextAsync("Writes reach the disk.");
        await Assertions.Expect(page.Locator("#outbox")).ToContainTextAsync("events");
        var events = Number(await row.Locator("td").Nth(5).InnerTextAsync());

        room.Join(new SimulatedUser("u1", "Alice"));
        room.Drop(DropKind.Rst);
        await Assertions.Expect(row.Locator("td").Nth(6)).Not.ToHaveTextAsync("0", new() { Timeout = 30_000 }); // refreshed by itself
        await Assertions.Expect(page.Locator("#refreshed")).ToHaveTextAsync("live");

        Assert.True(Number(await row.Locator("td").Nth(5).InnerTextAsync()) > events);
        await Assertions.Expect(page.Locator("#gaps b span")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator("#events-a-second svg polyline")).ToHaveCountAsync(1);
        Assert.Empty(errors);
        var shown = await page.ContentAsync();
        Assert.DoesNotContain(ApiKey, shown, StringComparison.Ordinal);
        Assert.DoesNotContain("guest:guest", shown, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("EYESONBRIDGE_SCREENSHOTS") is { Length: > 0 } folder)
            await ShootAsync(page, folder);
    }

    [Fact]
    public async Task Room_WhileItsMeetingGoesOn_ShowsEventsGapsAndStateButNothingThatWasSaid()
    {
        var room = _simulator.CreateRoom("board/meeting 1");
        await RegisterAsync(room.Id);
        await room.WhenSubscribedAsync(1, Cancellation);
        var page = await _browser.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) => errors.AddRange(message.Type is "error" ? [message.Text] : Array.Empty<string>());
        await page.GotoAsync(Page.ToString());
        await page.GetByText(room.Id).First.ClickAsync();
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("observing");

        room.Join(new SimulatedUser("u1", "Alice Liddell"));
        room.Chat("curiouser and curiouser", "u1");
        await Assertions.Expect(page.Locator("#events tbody")).ToContainTextAsync("ChatMessageSent", new() { Timeout = 30_000 }); // refreshed by itself
        room.Drop(DropKind.Rst);

        await Assertions.Expect(page.Locator("#gaps tbody tr")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#gaps tbody tr")).ToContainTextAsync("connectionLost");
        foreach (var type in new[] { "ObservationStarted", "ParticipantJoined", "ChatMessageSent", "ObservationInterrupted", "ObservationResumed" })
            await Assertions.Expect(page.Locator("#events tbody")).ToContainTextAsync(type);
        await Assertions.Expect(page.Locator("#meeting")).ToContainTextAsync("participants1");
        var shown = await page.ContentAsync();
        foreach (var secret in new[] { "curiouser", "Alice", "Liddell", ApiKey })
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(ColorScheme.Dark, "rgb(255, 255, 255)", "rgb(63, 185, 80)")]
    [InlineData(ColorScheme.Light, "rgb(0, 0, 0)", "rgb(26, 127, 55)")]
    public async Task Pages_OnANarrowScreen_FitAndFollowItsColours(ColorScheme scheme, string text, string good)
    {
        var room = _simulator.CreateRoom(new string('n', 128)); // as long as an id may be
        await RegisterAsync(room.Id);
        await room.WhenSubscribedAsync(1, Cancellation);
        await using var context = await _browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();

        foreach (var address in new[] { Page, new Uri(Page, $"room?id={room.Id}") })
        {
            await page.GotoAsync(address.ToString());
            await Assertions.Expect(page.Locator("#refreshed")).ToHaveTextAsync("live", new() { Timeout = 30_000 });
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 360);
            Assert.Equal(text, await page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
            Assert.Equal(good, await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#lag .ok')).color"));
        }
    }

    [Fact]
    public async Task Page_NamesThatAreMarkup_AreText()
    {
        const string Name = "<img/src=x/onerror=document.title='broken'>&\"'";
        await RegisterAsync(Name);
        var page = await _browser.NewPageAsync();

        await page.GotoAsync($"{Page}?q={Uri.EscapeDataString(Name)}");

        await Assertions.Expect(page.Locator("#rooms tbody tr td").First).ToHaveTextAsync(Name);
        await Assertions.Expect(page.Locator("input[name=q]")).ToHaveValueAsync(Name);
        await Assertions.Expect(page).ToHaveTitleAsync("EyesonBridge");
        Assert.Equal(0, await page.Locator("img").CountAsync());
    }

    [Fact]
    public async Task Page_ManyRooms_ShowsAHundredAndFindsTheOthers()
    {
        for (var i = 0; i < 120; i++)
            await RegisterAsync($"room-{i:000}");
        await using var context = await _browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();

        await page.GotoAsync(Page.ToString());
        await Assertions.Expect(page.Locator("#rooms tbody tr")).ToHaveCountAsync(100);
        await page.GetByText("next").ClickAsync();
        await Assertions.Expect(page.Locator("#rooms tbody tr")).ToHaveCountAsync(20);
        await page.Locator("input[name=q]").FillAsync("room-007");
        await page.GetByText("Show").ClickAsync();

        await Assertions.Expect(page.Locator("#rooms tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#rooms tbody tr td").First).ToHaveTextAsync("room-007");
    }

    [Fact]
    public async Task Page_AskedToChangeSomething_DoesNot()
    {
        using var http = new HttpClient();

        using var answer = await http.PostAsync(Page, new StringContent(""), Cancellation);
        using var read = await http.GetAsync(Page, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Contains("default-src 'none'", string.Join(' ', read.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private static int Number(string text) => int.Parse(Regex.Replace(text, "[^0-9]", "", RegexOptions.None, TimeSpan.FromSeconds(1)), System.Globalization.CultureInfo.InvariantCulture);

    private Task RegisterAsync(string roomId) =>
        Store.RegisterRoomAsync(new RoomRegistration(roomId, "default", IntentSources.Command, TimeProvider.System.GetUtcNow().AddHours(1), TimeProvider.System.GetUtcNow()), Cancellation);

    /// <summary>The pictures of the documentation: <c>status.png</c>, <c>status-dark.png</c> and <c>status-room.png</c> in a folder.</summary>
    private async Task ShootAsync(IPage page, string folder)
    {
        var recent = _bridge.Services.GetRequiredService<OutboxWriter>().Recent;
        var now = TimeProvider.System.GetUtcNow();
        for (var slot = 1; slot < 60; slot++)
            recent.NoteEvents(now.AddSeconds(-10 * slot), (int)(120 + (80 * Math.Sin(slot / 6.0)) + (slot * 37 % 30)));
        foreach (var name in new[] { "board-meeting", "support-4711", "lecture-12" })
        {
            var room = _simulator.CreateRoom(name);
            await RegisterAsync(name);
            await room.WhenSubscribedAsync(1, Cancellation);
            room.Join(new SimulatedUser("u1", "Alice"));
        }

        await RegisterAsync("tomorrow");
        await page.SetViewportSizeAsync(1180, 800);
        await Assertions.Expect(page.GetByText("tomorrow")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("waiting (roomNotRunning)")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "status.png") });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(400, 860);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "status-dark.png") });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1180, 780);
        await page.GetByText("weekly-planning").Last.ClickAsync();
        await Assertions.Expect(page.Locator("#events tbody")).ToContainTextAsync("ObservationResumed");
        await Assertions.Expect(page.Locator("#refreshed")).ToHaveTextAsync("live");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "status-room.png") });
    }
}
