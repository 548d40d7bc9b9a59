using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Tls;

/// <summary>An Eyeson behind https with no room and no observer.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsServer(WebApplication app) => _app = app;

    public Uri Url => new($"https://localhost:{new Uri(_app.Urls.First()).Port}");

    public static async Task<TlsServer> StartAsync(X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.MapGet("/rooms", () => Results.Text("[]", "application/json"));
        await app.StartAsync(cancellationToken);
        return new TlsServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
