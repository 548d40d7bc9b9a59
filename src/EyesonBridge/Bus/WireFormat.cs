using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Bus;

/// <summary>What the bridge and its command line tell MassTransit about the form of messages.</summary>
internal static class WireFormat
{
    public static void ApplyWireFormat(this IBusFactoryConfigurator configurator)
    {
        configurator.ConfigureJsonSerializerOptions(options =>
        {
            options.WriteIndented = false;
            return options;
        });

        // What all events have in common is a base record in C#, and nothing that anybody subscribes to.
        configurator.Publish<RoomEvent>(topology => topology.Exclude = true);
    }
}
