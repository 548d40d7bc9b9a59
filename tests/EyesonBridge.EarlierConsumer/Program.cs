using EyesonBridge.EarlierConsumer;
using MassTransit;

// For tests: listens to every type of event, with MassTransit's default settings, in the version that this project names.
// It prints "ready" and that version, then each event that it gets, until its standard input closes.
var bus = Bus.Factory.CreateUsingRabbitMq(configurator =>
{
    configurator.Host(new Uri(args[0]));
    configurator.ReceiveEndpoint(args[1], PrintingEndpoint.Configure);
});
await bus.StartAsync();
PrintingEndpoint.Print($"ready {typeof(IBus).Assembly.GetName().Version}");
while (await Console.In.ReadLineAsync() is not null)
{
    // It obeys nothing.
}

await bus.StopAsync();
