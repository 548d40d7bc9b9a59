using MassTransit;

namespace EyesonBridge.Bus;

/// <summary>The addresses in an envelope, as MassTransit writes them.</summary>
/// <param name="Source">Address of the bus that publishes.</param>
/// <param name="DestinationOf">Address of the exchange of a type of event.</param>
internal sealed record EventAddresses(string Source, Func<Type, string> DestinationOf)
{
    /// <summary>Those of a bus.</summary>
    public static EventAddresses Of(IBus bus) => new(
        bus.Address.ToString(),
        type => bus.Topology.PublishTopology.TryGetPublishAddress(type, bus.Address, out var address) && address is not null
            ? address.ToString()
            : throw new InvalidOperationException($"The bus knows no address for {type}."));
}
