using MassTransit;
using Recordings;

// Has the bridge observe the rooms in the arguments, and saves the recordings of all rooms that it observes.
var builder = Host.CreateApplicationBuilder();
var broker = builder.Configuration["RABBITMQ_URL"] ?? throw new InvalidOperationException("RABBITMQ_URL is missing: set it to amqp://USER:PASSWORD@HOST:5672.");

builder.Services.AddSingleton(new RecordingFolder(builder.Configuration["DATA"] ?? "data"));
builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RoomRegistration>(services, [args]));
builder.Services.AddMassTransit(bus =>
{
    bus.DisableUsageTelemetry();
    bus.AddConsumer<RecordingConsumer>();
    bus.UsingRabbitMq((context, rabbit) =>
    {
        rabbit.Host(new Uri(broker)); // connects again whenever the connection is lost
        rabbit.ReceiveEndpoint("sample-recordings", queue =>
        {
            queue.PrefetchCount = 16;
            queue.PublishFaults = false;

            // What still fails after the last attempt is moved to the queue sample-recordings_error.
            queue.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)));
            queue.ConfigureConsumer<RecordingConsumer>(context);
        });
    });
});
await builder.Build().RunAsync();
