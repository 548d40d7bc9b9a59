using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EyesonBridge.Bench.Processes;

/// <summary>
/// The CPU time that a process has taken so far, by the kernel's clock for it: to the nanosecond, all its threads, also those
/// that have ended. <c>/proc/PID/stat</c> has the same in steps of 10 ms, too coarse for what an idle process takes.
/// </summary>
internal static partial class CpuClock
{
    /// <summary>User and system time of a process of this machine.</summary>
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static TimeSpan Of(int processId)
    {
        // clock_getcpuclockid(3): the kernel's number for "all threads of that process".
        var clock = (~processId << 3) | 2;
        if (GetTime(clock, out var time) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The CPU time of process {processId} cannot be read.");
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000d);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
