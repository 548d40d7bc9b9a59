using EyesonBridge.Bus.Access;
using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>Names and settings of the queue that <see cref="TailEndpoint"/> reads.</summary>
internal sealed class TailQueue() : TemporaryEndpointDefinition(Tag)
{
    private const string Tag = "eyeson-bridge-tail";

    /// <summary>What who reads it must be allowed, for a queue of such a name.</summary>
    public static IReadOnlyList<BrokerNeed> Needs => BrokerNeeds.OfReader(DefaultEndpointNameFormatter.GetTemporaryQueueName(Tag));
}
