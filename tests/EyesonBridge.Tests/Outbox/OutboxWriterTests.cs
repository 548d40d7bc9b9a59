using System.Diagnostics;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

public sealed class OutboxWriterTests
{
    private static readonly RoomEvent[] Events = [.. Sample.Messages.Values.OfType<RoomEvent>().Take(3)];

    [Fact]
    public void Write_Nothing_IsNothing() => Assert.Empty(OutboxWriter.Write([]));

    [Fact]
    public void Write_Events_KeepsOrderIdentityTypeAndPayload() =>
        Assert.Equal(
            Events.Select(happened => (happened.EventId, happened.GetType().Name, Convert.ToHexString(EventSerializer.Write(happened)))),
            OutboxWriter.Write(Events).Select(written => (written.EventId, written.Type, Convert.ToHexString(written.Payload.Span))));

    [Fact]
    public void Write_UnderATrace_CarriesIt()
    {
        using var activity = new Activity("frame").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.All(OutboxWriter.Write(Events), written => Assert.Equal(activity.Id, written.TraceParent));
    }

    [Fact]
    public void Write_UnderNoTrace_CarriesAFreshOneThatNobodyRecords()
    {
        Activity.Current = null;

        var first = OutboxWriter.Write(Events).Select(written => written.TraceParent).Distinct(StringComparer.Ordinal).ToList();
        var second = OutboxWriter.Write(Events)[0].TraceParent;

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", Assert.Single(first));
        Assert.True(ActivityContext.TryParse(first[0], traceState: null, out var context));
        Assert.NotEqual(default, context.TraceId);
        Assert.NotEqual(first[0], second, StringComparer.Ordinal);
    }
}
