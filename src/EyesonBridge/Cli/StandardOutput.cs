using System.Runtime.InteropServices;

namespace EyesonBridge.Cli;

/// <summary>Whether anybody reads what this process writes.</summary>
/// <remarks>
/// .NET ignores SIGPIPE, and takes a write to a pipe that nobody reads for a success. So a command that waits for what happens
/// would stay for ever, with its queue at the broker.
/// </remarks>
internal static class StandardOutput
{
    private const int InputDescriptor = 0;
    private const int OutputDescriptor = 1;
    private const int NoDescriptor = -1;
    private const int InterruptedCall = 4; // EINTR

    /// <summary>Completes when standard output is a pipe, socket or terminal whose other end was closed; never for a file.</summary>
    /// <param name="orInput">
    /// The same for standard input, unless that is so from the beginning: container engines leave the output open when the
    /// client of an <c>exec</c> is gone, and close the input if it has one (<c>exec -i</c>). For commands that read nothing.
    /// </param>
    public static Task WhenReaderGoneAsync(bool orInput)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (OperatingSystem.IsWindows())
            return gone.Task;

        // Poll with no time-out costs nothing while it waits, and a thread of its own, which does not keep the process.
        new Thread(() => Watch(gone, orInput)) { IsBackground = true, Name = "Reader of standard output" }.Start();
        return gone.Task;
    }

    private static void Watch(TaskCompletionSource gone, bool orInput)
    {
        var input = orInput && Poll([InputDescriptor], 0) == 0 ? InputDescriptor : NoDescriptor;
        if (Poll([OutputDescriptor, input], Timeout.Infinite) > 0)
            gone.TrySetResult();
    }

    /// <returns>How many of them were closed at their other end; negative for an error.</returns>
    private static int Poll(int[] descriptors, int timeout)
    {
        var polled = Array.ConvertAll(descriptors, static descriptor => new PollDescriptor { Descriptor = descriptor }); // asks for nothing: errors and hang-ups are told in any case
        int found;
        do
            found = Poll(ref polled[0], (nuint)polled.Length, timeout);
        while (found < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
        return found;
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
