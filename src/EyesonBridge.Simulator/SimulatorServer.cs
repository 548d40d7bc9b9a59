using EyesonBridge.Simulator.Cable;
using EyesonBridge.Simulator.Control;
using EyesonBridge.Simulator.Rest;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EyesonBridge.Simulator;

/// <summary>The web server of a simulator. It reads no configuration of its host and handles no signals.</summary>
internal static class SimulatorServer
{
    /// <summary>Thousands of observers come back at once after a drop.</summary>
    private const int Backlog = 8192;

    public static WebApplication Build(EyesonSimulator simulator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<SocketTransportOptions>(options => options.Backlog = Backlog);

        var app = builder.Build();
        app.Urls.Add(simulator.Options.Url);
        app.UseWebSockets();
        app.UseRouting();

        var cable = new CableEndpoint(simulator);
        app.Map("/rt", (RequestDelegate)cable.HandleAsync);
        RestEndpoints.Map(app, simulator);
        ControlEndpoints.Map(app, simulator);
        app.UseEndpoints(static _ => { });
        return app;
    }

    /// <summary>Leaves the signals of the process to whoever runs the simulator.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
