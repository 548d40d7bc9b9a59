using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Opens the sockets of connections. Everything below the upgrade is behind it, so that a conversation can be scripted
/// without a server, and one transport compared with another.
/// </summary>
internal interface ICableTransport : IDisposable
{
    /// <summary>Connects and upgrades.</summary>
    /// <returns>The upgraded connection; who asked for it disposes of it.</returns>
    /// <exception cref="CableUpgradeException">There is none; it says how the attempt ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<WebSocket> ConnectAsync(CableTarget target, CancellationToken cancellationToken);
}
