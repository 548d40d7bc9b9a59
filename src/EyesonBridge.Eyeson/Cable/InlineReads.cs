using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Has what waits for a socket go on at once on the thread that learns that there is something, instead of on one of the pool's.
/// </summary>
/// <remarks>
/// The runtime offers that for all sockets of a process (<c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS</c>), the libraries' too, which
/// nobody wrote for it. For a single one there is a member that is not public; a runtime that lacks it reads as usual. See
/// <see href="https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Sockets/src/System/Net/Sockets/SafeSocketHandle.Unix.cs">its source</see>.
/// </remarks>
internal static class InlineReads
{
    /// <summary>Turns it on for a socket.</summary>
    /// <returns>False when this runtime does not offer it.</returns>
    public static bool TurnOn(Socket socket)
    {
        try
        {
            SetPreferInlineCompletions(socket.SafeHandle, true);
            return true;
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PreferInlineCompletions")]
    private static extern void SetPreferInlineCompletions(SafeSocketHandle handle, bool value);
}
