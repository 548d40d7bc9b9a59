namespace EyesonBridge.Cli;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Something did not work: no broker, no answer, a rejected command.</summary>
    public const int Failure = 1;

    /// <summary>The arguments or the settings are wrong; nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>The command was broken off by Ctrl+C or SIGTERM before it was done; as a shell says it.</summary>
    public const int Interrupted = 130;

    /// <summary>Each of them in words, as the help has them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> Meanings { get; } =
    [
        (Success, "done; also when a command that runs until it is stopped is stopped, or its output is no longer read"),
        (Failure, "it did not work: no broker, no answer, a rejected command, or something that doctor found"),
        (Usage, "the arguments or the settings are wrong; nothing was tried"),
        (Interrupted, "broken off by Ctrl+C or SIGTERM before it was done"),
    ];
}
