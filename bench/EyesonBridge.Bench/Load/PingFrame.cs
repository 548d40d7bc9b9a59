using System.Text;

namespace EyesonBridge.Bench.Load;

/// <summary>The sign of life that the server sends every three seconds.</summary>
internal static class PingFrame
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private static byte[] _frame = [];
    private static long _second;

    /// <summary>It says the time in seconds; within one second it is the same frame.</summary>
    public static byte[] Now()
    {
        var second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        if (second != Volatile.Read(ref _second))
        {
            _frame = ServerFrame.Text(Encoding.ASCII.GetBytes($$"""{"type":"ping","message":{{second}}}"""));
            Volatile.Write(ref _second, second);
        }

        return _frame;
    }
}
