using System.Globalization;
using RabbitMQ.Client;

namespace EyesonBridge.Bench.Sink;

/// <summary>
/// The consumer that drains a durable queue of all events, as a process of its own: <c>sink URL EXCHANGE TYPE</c>. It says
/// <c>ready</c>, and then obeys: <c>expect EVENTS</c> → its counts when so many events with a stamp have come since the last
/// <c>reset</c>; <c>tell</c> → the same at once; <c>close</c> and <c>open</c> → end and begin to consume, the queue stays.
/// </summary>
internal static class SinkProgram
{
    public const string Queue = "eyeson-bridge-bench";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var factory = new ConnectionFactory { Uri = new Uri(arguments[0]) };
        var counter = new SinkCounter();
        var consumer = await SinkConsumer.OpenAsync(factory, arguments[1], arguments[2], counter, isNew: true);
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "reset":
                    counter.Reset();
                    await Console.Out.WriteLineAsync("reset");
                    break;
                case "expect":
                    await counter.WhenAsync(long.Parse(words[1], CultureInfo.InvariantCulture));
                    await Console.Out.WriteLineAsync(counter.Report());
                    break;
                case "tell":
                    await Console.Out.WriteLineAsync(counter.Report());
                    break;
                case "close":
                    await consumer.DisposeAsync();
                    await Console.Out.WriteLineAsync("closed");
                    break;
                case "open":
                    consumer = await SinkConsumer.OpenAsync(factory, arguments[1], arguments[2], counter, isNew: false);
                    await Console.Out.WriteLineAsync("opened");
                    break;
            }
        }

        await consumer.DeleteQueueAsync();
        await consumer.DisposeAsync();
        return 0;
    }
}
