using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Tells from inside another program what it has allocated, without changing it: .NET loads this before the program's own
/// code when <c>DOTNET_STARTUP_HOOKS</c> names this assembly, and asks for exactly this name. It answers on the Unix socket
/// <c>EYESONBRIDGE_BENCH_HEAP</c> and takes nothing in between.
/// </summary>
#pragma warning disable CA1050, MA0047 // the name that .NET looks for has no namespace
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Called by .NET.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("EYESONBRIDGE_BENCH_HEAP") is not { Length: > 0 } path)
            return;

        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "bench heap" }.Start();
    }

    private static void Answer(Socket listener)
    {
        while (true)
        {
            using var peer = listener.Accept();
            peer.Send(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalAllocatedBytes()} {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}")));
        }
    }
}
