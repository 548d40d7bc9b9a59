using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Spine;

/// <summary>All documented bodies: simulator → worker → RabbitMQ → consumer, every field of every message.</summary>
[Collection(SampleRoom.Collection)]
public sealed class SampleTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    /// <summary>An order in which each sample leads to events: the last room_update finds everything gone again.</summary>
    private static readonly string[] Order =
    [
        "room_update", "participant_update", "broadcasts_update", "options_update", "snapshot_update", "chat", "custom",
        "playback_update", "podium_update", "lock", "presentation_update", "recording_update", "room_update",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Samples_SentToAnObservedRoom_ArriveWithEveryField()
    {
        Assert.Equal(Directory.GetFiles(RepositoryRoot.PathTo("tests", "samples")).Length, Order.Distinct(StringComparer.Ordinal).Count());
        var startedAt = TimeProvider.System.GetUtcNow();
        var room = bridge.Simulator.CreateRoom(SampleRoom.Id, "Observer demo", SampleRoom.StartedAt);
        room.SetReady(false);
        await bridge.Control.ObserveAsync(room.Id, Cancellation);
        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);

        foreach (var sample in Order)
            room.SendRaw(await File.ReadAllBytesAsync(RepositoryRoot.PathTo("tests", "samples", $"{sample}.json"), Cancellation));
        room.Shutdown();

        var received = await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(ExpectedFile, Cancellation))!.AsArray();
        Assert.Equal(expected.Select(entry => (string)entry!["type"]!), received.Select(happened => happened.Type), StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(1, expected.Count).Select(number => (long)number), received.Select(happened => happened.Sequence));
        foreach (var (entry, happened) in expected.Zip(received))
        {
            Expected.Equal(entry!["message"]!.AsObject(), happened.Message, startedAt, TimeProvider.System.GetUtcNow());
            AssertTransport(happened);
        }

        Assert.Equal(received.Count, received.Select(happened => (string)happened.Message["eventId"]!).Distinct(StringComparer.Ordinal).Count());
    }

    private static string ExpectedFile => RepositoryRoot.PathTo("tests", "EyesonBridge.Integration.Tests", "Spine", "samples.expected.json");

    /// <summary>What docs/contracts.md promises about the message around the contract.</summary>
    private static void AssertTransport(ReceivedEvent happened)
    {
        var eventId = (string)happened.Message["eventId"]!;
        Assert.Equal(eventId, happened.Properties.MessageId);
        Assert.Equal(eventId, happened.Properties.CorrelationId);
        Assert.Equal(eventId, (string?)happened.Envelope["messageId"]);
        Assert.Equal(RabbitMQ.Client.DeliveryModes.Persistent, happened.Properties.DeliveryMode);
        Assert.Equal("application/vnd.masstransit+json", happened.Properties.ContentType);
        Assert.Equal(SampleRoom.Id, happened.RoutingKey);
        Assert.DoesNotContain('\n', happened.Text);
        Assert.DoesNotContain("\": ", happened.Text, StringComparison.Ordinal);

        Assert.Equal(SampleRoom.Id, happened.Headers["eyeson-room-id"]);
        Assert.Equal(happened.Type, happened.Headers["eyeson-event-type"]);
        Assert.Equal(happened.Sequence, Convert.ToInt64(happened.Headers["eyeson-sequence"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((string)happened.Message["streamId"]!, happened.Headers["eyeson-stream-id"]);
        Assert.Equal((string)happened.Message["streamId"]!, (string?)happened.Envelope["headers"]!["eyeson-stream-id"]);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", Assert.IsType<string>(happened.Headers["traceparent"]));
        Assert.Contains("urn:message:EyesonBridge.Contracts.V1:IRoomEvent", happened.Envelope["messageType"]!.AsArray().Select(urn => (string)urn!), StringComparer.Ordinal);
    }
}
