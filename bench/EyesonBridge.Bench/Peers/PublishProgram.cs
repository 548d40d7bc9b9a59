using System.Diagnostics;
using System.Globalization;

namespace EyesonBridge.Bench.Peers;

/// <summary>
/// A publisher as a process of its own: <c>publish KIND URL</c>. It says <c>ready</c>, and then obeys
/// <c>publish EVENTS ROOMS</c> → <c>published TICKS ALLOCATED</c>: when it began, and the bytes that it allocated.
/// </summary>
internal static class PublishProgram
{
    private static long _number;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var broker = new Uri(arguments[1]);
        await using IPublisher publisher = Enum.Parse<PublishKind>(arguments[0]) == PublishKind.MassTransit
            ? await MassTransitPublisher.ConnectAsync(broker)
            : await RabbitMqPublisher.ConnectAsync(broker);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var (events, rooms) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
            var allocated = GC.GetTotalAllocatedBytes();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < events; i++)
                await publisher.PublishAsync(1 + (i % rooms), 1 + (_number++ / rooms));
            await publisher.WhenConfirmedAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"published {begun} {GC.GetTotalAllocatedBytes() - allocated}"));
        }

        return 0;
    }
}
