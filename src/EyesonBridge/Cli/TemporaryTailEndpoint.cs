using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>Names and settings of the queue that <see cref="TailEndpoint"/> reads.</summary>
internal sealed class TemporaryTailEndpoint() : TemporaryEndpointDefinition("eyeson-bridge-tail");
