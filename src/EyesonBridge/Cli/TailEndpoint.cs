using System.Text.Json;
using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>A queue that receives every event, and vanishes with its reader.</summary>
internal static class TailEndpoint
{
    /// <summary>Passes on each event as it is in the message, whatever its type.</summary>
    public static void Tail(this IReceiveEndpointConfigurator endpoint, Action<TailedEvent> show)
    {
        endpoint.ConcurrentMessageLimit = 1; // in the order of the queue
        endpoint.Handler<IRoomEvent>(context =>
        {
            show(Read(context));
            return Task.CompletedTask;
        });
    }

    private static TailedEvent Read(ConsumeContext context)
    {
        using var envelope = JsonDocument.Parse(context.ReceiveContext.GetBody());
        var urn = context.SupportedMessageTypes.First();
        return new TailedEvent(urn[(urn.LastIndexOf(':') + 1)..], envelope.RootElement.GetProperty("message").Clone());
    }
}
