using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Chart.Tests.Image;

/// <summary>A registry of images that answers what is asked about tags and digests, two tags a page.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeRegistry(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<FakeRegistry> StartAsync(IReadOnlyDictionary<string, string[]> tags)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/v2/dotnet/{name}/tags/list", (string name, int? from, HttpResponse response) =>
        {
            var start = from ?? 0;
            if (start + 2 < tags[name].Length)
                response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"</v2/dotnet/{name}/tags/list?from={start + 2}>; rel=\"next\"");
            return response.WriteAsJsonAsync(new { name = $"dotnet/{name}", tags = tags[name].Skip(start).Take(2) });
        });
        app.MapMethods("/v2/dotnet/{name}/manifests/{tag}", ["HEAD"], (string name, string tag, HttpRequest request, HttpResponse response) =>
        {
            // Without these a registry answers with the digest of one platform.
            if (!request.Headers.Accept.ToString().Contains("image.index", StringComparison.Ordinal))
                response.StatusCode = StatusCodes.Status406NotAcceptable;
            response.Headers["Docker-Content-Digest"] = Digest(name, tag);
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FakeRegistry(app);
    }

    /// <summary>The digest that it names.</summary>
    public static string Digest(string name, string tag) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}:{tag}")))}";

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
