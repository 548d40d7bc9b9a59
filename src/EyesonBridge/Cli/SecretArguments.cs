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
    /// <param name="name">Name of the argument.</param>
    /// <param name="value">What was given for it.</param>
    /// <param name="host">Has standard input.</param>
    /// <param name="cancellationToken">Gives up, also while somebody could still type.</param>
    /// <exception cref="CommandFailure">Standard input has none.</exception>
    public static async Task<string> ReadAsync(string name, string value, CommandHost host, CancellationToken cancellationToken)
    {
        if (value is not StandardInput)
            return value;

        if (host.IsTyped)
            await host.Error.WriteLineAsync($"Type the {name}, then Enter.");
        var line = await Task.Run(host.Input.ReadLine, cancellationToken).WaitAsync(cancellationToken); // the console's reader blocks
        return line?.Trim() is { Length: > 0 } secret
            ? secret
            : throw new CommandFailure($"There is no {name} on standard input: write it there, in one line.", ExitCodes.Usage);
    }
}
