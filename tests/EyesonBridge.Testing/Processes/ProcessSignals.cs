using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EyesonBridge.Testing.Processes;

/// <summary>Sends a process a signal.</summary>
public static class ProcessSignals
{
    /// <summary>Sends the signal.</summary>
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static void Send(int processId, ProcessSignal signal)
    {
        if (Kill(processId, (int)signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
