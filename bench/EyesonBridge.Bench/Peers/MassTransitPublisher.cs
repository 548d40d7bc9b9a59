using System.Diagnostics;
using System.Text;
using EyesonBridge.Bench.Load;
using MassTransit;

namespace EyesonBridge.Bench.Peers;

/// <summary>MassTransit as it comes: <c>Publish</c>, confirmed, at most 1,000 at a time.</summary>
internal sealed class MassTransitPublisher : IPublisher
{
    public const string Exchange = "EyesonBridge.Bench.Peers:BenchEvent";

    private const int Window = 1000;

    private static readonly string Padding = new('x', 330);

    private readonly IBusControl _bus;
    private readonly SemaphoreSlim _places = new(Window, Window);

    private MassTransitPublisher(IBusControl bus) => _bus = bus;

    public static async Task<MassTransitPublisher> ConnectAsync(Uri broker)
    {
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker));
        await bus.StartAsync(TimeSpan.FromSeconds(30));
        return new MassTransitPublisher(bus);
    }

    public async Task PublishAsync(int room, long number)
    {
        await _places.WaitAsync();
        _ = ConfirmAsync(room, number);
    }

    public async Task WhenConfirmedAsync()
    {
        for (var i = 0; i < Window; i++)
            await _places.WaitAsync();
        _places.Release(Window);
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        _places.Dispose();
    }

    private async Task ConfirmAsync(int room, long number)
    {
        var stamp = new byte[EventStamp.Length];
        new EventStamp(room, number, Stopwatch.GetTimestamp()).Write(stamp);
        var happened = new BenchEvent { Content = Encoding.ASCII.GetString(stamp) + Padding, RoomId = LoadBodies.RoomId(room) };
        await _bus.Publish(happened, context =>
        {
            context.Durable = true;
            context.Mandatory = true;
            context.Headers.Set("eyeson-room-id", happened.RoomId);
            context.Headers.Set("eyeson-event-type", "ChatMessageSent");
            context.Headers.Set("eyeson-sequence", number);
        });
        _places.Release();
    }
}
