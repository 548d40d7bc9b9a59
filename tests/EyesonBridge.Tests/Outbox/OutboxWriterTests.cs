using System.Diagnostics;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Bus;

namespace EyesonBridge.Tests.Outbox;

public sealed class OutboxWriterTests
{
    private static readonly RoomEvent[] Events = [.. Sample.Messages.Values.OfType<RoomEvent>().Take(3)];

    [Fact]
    public void Write_Nothing_IsNothing() => Assert.Empty(Envelopes.Writer.Write([]));

    [Fact]
    public void Write_Events_KeepsOrderIdentityTypeAndPayload() =>
        Assert.Equal(
            Events.Select(happened => (happened.EventId, happened.GetType().Name, happened)),
            Envelopes.Writer.Write(Events).Select(written => (written.EventId, written.Type, ReadEvent(written))));

    private static RoomEvent ReadEvent(OutboxEvent written) => EventEnvelope.Read(new OutboxEntry(
        1, "room", 1, written.EventId, written.Type, written.Payload, written.TraceParent, DateTimeOffset.UnixEpoch));

    [Fact]
    public void Write_UnderATrace_CarriesIt()
    {
        using var activity = new Activity("frame").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.All(Envelopes.Writer.Write(Events), written => Assert.Equal(activity.Id, written.TraceParent));
    }

    [Fact]
    public void Write_UnderNoTrace_CarriesAFreshOneThatNobodyRecords()
    {
        Activity.Current = null;

        var first = Envelopes.Writer.Write(Events).Select(written => written.TraceParent).Distinct(StringComparer.Ordinal).ToList();
        var second = Envelopes.Writer.Write(Events)[0].TraceParent;

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", Assert.Single(first));
        Assert.True(ActivityContext.TryParse(first[0], traceState: null, out var context));
        Assert.NotEqual(default, context.TraceId);
        Assert.NotEqual(first[0], second, StringComparer.Ordinal);
    }
}
