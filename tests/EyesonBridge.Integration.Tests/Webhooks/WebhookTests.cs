using System.Net;
using System.Text;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Webhooks;

/// <summary>Webhooks as the simulated Eyeson sends them, and as somebody else does.</summary>
[Collection(WaysTests.Name)]
public sealed class WebhookTests(WaysFixture bridge)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RoomUpdate_Signed_HasTheRoomObserved()
    {
        await RegisterAsync("room_update");
        var room = CreateRoom();

        room.SetReady(true);
        room.SetReady(false);
        room.SetReady(true);

        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        room.Shutdown();
        await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
    }

    [Fact]
    public async Task Recordings_RoomNobodyObserves_AreItsEventsOnceAlsoWhenReplayed()
    {
        await RegisterAsync("recording_update", "snapshot_update");
        var room = CreateRoom();
        Record(room);
        room.TakeSnapshot();
        await bridge.Events.WhenAsync(room.Id, "SnapshotTaken", Cancellation);
        var deliveries = await WhenDeliveredAsync(room, 4);
        Assert.All(deliveries, delivery => Assert.Equal(204, delivery.Status));

        foreach (var delivery in deliveries)
            bridge.Simulator.Resend(delivery);
        Record(room);

        var events = await bridge.Events.WhenAsync(room.Id, "RecordingFinished", Cancellation, count: 2);
        Assert.Equal(
            ["RecordingStarted", "RecordingStopped", "RecordingFinished", "SnapshotTaken", "RecordingStarted", "RecordingStopped", "RecordingFinished"],
            events.Select(happened => happened.Type), StringComparer.Ordinal);
        Assert.All(events, happened => Assert.Equal("backfill", happened.Origin));
        Assert.Equal(Enumerable.Range(1, 7).Select(number => (long)number), events.Select(happened => happened.Sequence));
        Assert.Equal(0, room.Subscriptions);
    }

    [Fact]
    public async Task Recordings_RoomThatIsObserved_AreSaidOnce()
    {
        await RegisterAsync("recording_update", "snapshot_update");
        var room = CreateRoom();
        await bridge.Control.RequestAsync("ObserveRoom", $$"""{"roomId":"{{room.Id}}","account":"hooked"}""", Cancellation);
        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);

        Record(room);
        Record(room);
        await WhenDeliveredAsync(room, 6);
        room.Shutdown();

        var events = await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        Assert.All(
            (string[])["RecordingStarted", "RecordingStopped", "RecordingFinished"],
            type => Assert.Equal(2, events.Count(happened => string.Equals(happened.Type, type, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Post_NotFromEyeson_IsRefused()
    {
        using var http = new HttpClient();
        var body = Encoding.UTF8.GetBytes("""{"type":"room_update","room":{"id":"forged","ready":true}}""");

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(http, body, new string('0', 64)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(http, body, Sign(body, "another-key")));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(http, body, signature: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(http, body, Sign(body, WaysFixture.HookedKey), account: "nobodys"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(http, new byte[(256 * 1024) + 1], Sign(body, WaysFixture.HookedKey)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(http, new byte[400 * 1024], Sign(body, WaysFixture.HookedKey), chunked: true));

        var known = await bridge.Control.RequestAsync("GetObservations", "{}", Cancellation);
        Assert.DoesNotContain("\"forged\"", known.ToString(), StringComparison.Ordinal);
    }

    private static void Record(SimulatedRoom room)
    {
        room.StartRecording();
        room.StopRecording();
        room.FinishRecording();
    }

    private static string Sign(byte[] body, string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    private async Task<HttpStatusCode> PostAsync(HttpClient http, byte[] body, string? signature, string account = "hooked", bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await bridge.WebhookUrlAsync(account)) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Eyeson-Signature", signature);
        using var response = await http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    /// <summary>Waits until so many webhooks of the room were sent; those of other tests' rooms may still be under way.</summary>
    private async Task<IReadOnlyList<WebhookDelivery>> WhenDeliveredAsync(SimulatedRoom room, int count)
    {
        while (true)
        {
            var all = bridge.Simulator.WebhookDeliveries;
            var deliveries = all.Where(delivery => delivery.Json.Contains($"\"{room.Id}\"", StringComparison.Ordinal)).ToList();
            if (deliveries.Count >= count)
            {
                Assert.Equal(count, deliveries.Count);
                return deliveries;
            }

            await bridge.Simulator.WhenDeliveredAsync(all.Count + 1, Cancellation);
        }
    }

    private SimulatedRoom CreateRoom() => bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("hooked"), apiKey: WaysFixture.HookedKey);

    private async Task RegisterAsync(params string[] types) =>
        bridge.Simulator.RegisterWebhook(await bridge.WebhookUrlAsync(), types, WaysFixture.HookedKey);
}
