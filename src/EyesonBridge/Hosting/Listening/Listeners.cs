using System.Net;
using EyesonBridge.Webhooks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting.Listening;

/// <summary>
/// The addresses that the process listens at: the operators' and, when there is <c>Webhook:Url</c>, that of webhooks, each
/// with its own port.
/// </summary>
internal sealed class Listeners(IServiceProvider services, IOptions<WebhookOptions> webhooks)
{
    private int _webhookPort = -1;
    private int _webhookConnections;

    /// <summary>True when webhooks have an address of their own.</summary>
    public bool AreSeparate => HasOwn(webhooks.Value);

    /// <summary>What to listen at.</summary>
    public static string[] Urls(string management, WebhookOptions webhooks) =>
        HasOwn(webhooks) ? [management, webhooks.Url!] : [management];

    /// <summary>True for a connection or request that came to the address of webhooks.</summary>
    public bool IsForWebhooks(int localPort) => AreSeparate && localPort == WebhookPort();

    /// <summary>Closes connections at the address of webhooks that are too many; those at the operators' are never touched.</summary>
    public void Limit(ListenOptions listen) => listen.Use(next => connection => ServeAsync(connection, next));

    private static bool HasOwn(WebhookOptions webhooks) => webhooks is { Enabled: true, Url: not null };

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.LocalEndPoint is not IPEndPoint local || !IsForWebhooks(local.Port))
        {
            await next(connection);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _webhookConnections) <= webhooks.Value.MaxConnections)
                await next(connection);
            else
                connection.Abort(new ConnectionAbortedException("There are too many connections (Webhook:MaxConnections)."));
        }
        finally
        {
            Interlocked.Decrement(ref _webhookConnections);
        }
    }

    /// <summary>The second of the addresses, which are listed in the order in which they were opened; -1 until it is.</summary>
    private int WebhookPort()
    {
        if (_webhookPort >= 0)
            return _webhookPort;

        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.ToList();
        return addresses is { Count: 2 } && BindingAddress.Parse(addresses[1]).Port is > 0 and var port ? _webhookPort = port : -1;
    }
}
