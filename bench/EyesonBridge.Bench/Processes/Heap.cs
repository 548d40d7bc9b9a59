using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EyesonBridge.Bench.Processes;

/// <summary>What a .NET program has allocated so far, asked of the hook that it was started with.</summary>
internal static class Heap
{
    /// <summary>Settings that start a .NET program with the hook; the socket is in its folder.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(Heap).Assembly.Location,
        ["EYESONBRIDGE_BENCH_HEAP"] = "{folder}/heap",
    };

    public static async Task<long> AllocatedBytesAsync(Subject subject, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(subject.Folder, "heap")), cancellationToken);
        var answer = new byte[128];
        var length = await socket.ReceiveAsync(answer, cancellationToken);
        return long.Parse(Encoding.ASCII.GetString(answer, 0, length).Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
