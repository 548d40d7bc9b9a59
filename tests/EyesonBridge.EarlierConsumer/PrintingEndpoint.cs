using System.Reflection;
using System.Text.Json;
using EyesonBridge.Contracts.V1;
using MassTransit;
using MassTransit.Serialization;

namespace EyesonBridge.EarlierConsumer;

/// <summary>Prints each event as one line: its type, the id in the envelope, the room id in its headers, and its JSON.</summary>
internal static class PrintingEndpoint
{
    private static readonly JsonSerializerOptions OneLine = new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    /// <summary>Listens to every type of event.</summary>
    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        var handle = typeof(PrintingEndpoint).GetMethod(nameof(Handle), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var type in typeof(RoomEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RoomEvent))))
            handle.MakeGenericMethod(type).Invoke(null, [endpoint]);
    }

    /// <summary>Prints a line at once.</summary>
    public static void Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static void Handle<TEvent>(IReceiveEndpointConfigurator endpoint)
        where TEvent : class =>
        endpoint.Handler<TEvent>(context =>
        {
            Print(string.Join('\t', typeof(TEvent).Name, context.MessageId, context.Headers.Get<string>("eyeson-room-id"), JsonSerializer.Serialize(context.Message, OneLine)));
            return Task.CompletedTask;
        });
}
