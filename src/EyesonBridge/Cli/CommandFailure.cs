namespace EyesonBridge.Cli;

/// <summary>A command did not work out; the message is the one line that its user sees.</summary>
internal class CommandFailure(string message, int exitCode = ExitCodes.Failure) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
