using System.Diagnostics.Tracing;

/// <summary>
/// Tells from inside the worker whom it connects to and whose addresses it asks for: .NET loads this before the worker's own
/// code when <c>DOTNET_STARTUP_HOOKS</c> names this assembly, and asks for exactly this name. Each is a line in the file
/// <c>EYESONBRIDGE_TEST_OUTBOUND</c>.
/// </summary>
#pragma warning disable CA1050, MA0047 // the name that .NET looks for has no namespace
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    private static Listener? _listener;

    /// <summary>Called by .NET.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("EYESONBRIDGE_TEST_OUTBOUND") is { Length: > 0 } path)
            _listener = new Listener(path);
    }

    private sealed class Listener : EventListener
    {
        private readonly Lock _gate = new();
        private readonly StreamWriter? _lines;

        public Listener(string path)
        {
            _lines = new StreamWriter(path) { AutoFlush = true };
            foreach (var source in EventSource.GetSources())
                Enable(source); // those that were made while the base class was
        }

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (_lines is not null)
                Enable(source);
        }

        protected override void OnEventWritten(EventWrittenEventArgs happened)
        {
            if (happened.EventName is not ("ConnectStart" or "ResolutionStart"))
                return;

            lock (_gate)
                _lines!.WriteLine($"{happened.EventName} {happened.Payload![0]}");
        }

        private void Enable(EventSource source)
        {
            if (source.Name is "System.Net.Sockets" or "System.Net.NameResolution")
                EnableEvents(source, EventLevel.Informational);
        }
    }
}
