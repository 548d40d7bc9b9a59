using System.CommandLine;

namespace EyesonBridge.Cli;

/// <summary>
/// Secrets that a command is given. As an argument every user of the machine can see one in the list of processes, so there
/// are two other ways: <c>-</c> reads it from standard input, and <c>@FILE</c> takes it from a file, as it does for any argument.
/// </summary>
internal static class SecretArguments
{
    private const string StandardInput = "-";

    /// <summary>How to give one, for its description.</summary>
    public const string Ways = "'-' reads it from standard input, '@FILE' from a file; as an argument, other users of the machine can see it.";

    /// <summary>The value of such an argument.</summary>
    /// <exception cref="CommandFailure">Standard input has none.</exception>
    public static async Task<string> ReadSecretAsync(this ParseResult parsed, Argument<string> argument, CancellationToken cancellationToken)
    {
        var value = parsed.GetRequiredValue(argument);
        if (value is not StandardInput)
            return value;

        return (await Console.In.ReadLineAsync(cancellationToken))?.Trim() is { Length: > 0 } secret
            ? secret
            : throw new CommandFailure($"There is no {argument.Name} on standard input.", ExitCodes.Usage);
    }
}
