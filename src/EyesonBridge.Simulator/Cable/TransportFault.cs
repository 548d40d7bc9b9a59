using System.Net.Sockets;

namespace EyesonBridge.Simulator.Cable;

/// <summary>Breaks a TCP connection below the WebSocket.</summary>
internal static class TransportFault
{
    public static void Apply(Socket transport, DropKind kind)
    {
        try
        {
            if (kind == DropKind.Fin)
            {
                transport.Shutdown(SocketShutdown.Send);
                return;
            }

            transport.LingerState = new LingerOption(enable: true, seconds: 0);
            transport.Close(timeout: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was lost already.
        }
    }
}
