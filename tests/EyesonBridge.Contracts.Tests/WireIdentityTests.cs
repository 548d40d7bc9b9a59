using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Contracts.Tests;

/// <summary>The names under which messages travel: URN in the envelope, exchange at the broker.</summary>
public sealed class WireIdentityTests
{
    private static readonly Type[] Subscribable =
        [.. ContractTypes.Messages, typeof(IRoomEvent), typeof(IMeetingEvent), typeof(IObservationEvent)];

    public static TheoryData<string> Events => [.. ContractTypes.Events.Select(type => type.Name)];

    [Fact]
    public void Identities_AllMessages_ArePinned()
    {
        // A bus with RabbitMQ's defaults; it is never started.
        var bus = Bus.Factory.CreateUsingRabbitMq(_ => { });

        var actual = Subscribable
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => $"{type.Name} {MessageUrn.ForTypeString(type)} {Exchange(bus, type)}");

        Assert.Equal(Pinned.Lines("identities.txt"), actual, StringComparer.Ordinal);
    }

    [Theory, MemberData(nameof(Events))]
    public void MessageTypes_Event_NameItsInterfaces(string name)
    {
        var type = ContractTypes.Named(name);
        var kind = type.IsAssignableTo(typeof(IMeetingEvent)) ? typeof(IMeetingEvent) : typeof(IObservationEvent);

        Assert.Equal(
            new[] { type, typeof(RoomEvent), typeof(IRoomEvent), kind }.Select(MessageUrn.ForTypeString).Order(StringComparer.Ordinal),
            MessageTypeCache.GetMessageTypeNames(type).Order(StringComparer.Ordinal));
    }

    private static string Exchange(IBusControl bus, Type type)
    {
        Assert.True(bus.Topology.PublishTopology.TryGetPublishAddress(type, new Uri("rabbitmq://localhost/"), out var address));
        return Uri.UnescapeDataString(address!.AbsolutePath.TrimStart('/'));
    }
}
