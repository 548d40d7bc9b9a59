using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>Sends a process a signal.</summary>
internal static class Signals
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to end, as Kubernetes and systemd do.</summary>
    public static void Terminate(int processId)
    {
        if (Kill(processId, SigTerm) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
