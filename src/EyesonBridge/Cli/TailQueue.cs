using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>Names and settings of the queue that <see cref="TailEndpoint"/> reads.</summary>
internal sealed class TailQueue() : TemporaryEndpointDefinition("eyeson-bridge-tail");
