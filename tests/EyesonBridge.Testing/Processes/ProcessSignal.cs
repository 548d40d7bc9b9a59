namespace EyesonBridge.Testing.Processes;

/// <summary>What a process can be sent; the values are those of Linux.</summary>
public enum ProcessSignal
{
    /// <summary>None: only asks whether the process is there.</summary>
    None = 0,

    /// <summary>Asks it to end.</summary>
    Terminate = 15,

    /// <summary>Lets it go on (SIGCONT).</summary>
    Continue = 18,

    /// <summary>Freezes it (SIGSTOP).</summary>
    Stop = 19,
}
