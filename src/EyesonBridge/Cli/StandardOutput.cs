using System.Runtime.InteropServices;

namespace EyesonBridge.Cli;

/// <summary>Whether anybody reads what this process writes.</summary>
/// <remarks>
/// .NET ignores SIGPIPE, and takes a write to a pipe that nobody reads for a success. So a command that waits for what happens
/// would stay for ever, with its queue at the broker.
/// </remarks>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int InterruptedCall = 4; // EINTR

    /// <summary>Completes when standard output is a pipe, socket or terminal whose other end was closed; never for a file.</summary>
    public static Task WhenReaderGoneAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (OperatingSystem.IsWindows())
            return gone.Task;

        // Poll with no time-out costs nothing while it waits, and a thread of its own, which does not keep the process.
        new Thread(() => Watch(gone)) { IsBackground = true, Name = "Reader of standard output" }.Start();
        return gone.Task;
    }

    private static void Watch(TaskCompletionSource gone)
    {
        var output = new PollDescriptor { Descriptor = Descriptor }; // asks for nothing: errors and hang-ups are told in any case
        int found;
        do
            found = Poll(ref output, 1, -1);
        while (found < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
        if (found > 0)
            gone.TrySetResult();
    }

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
        public short Found;
    }
}
