using System.CommandLine;

namespace EyesonBridge.Cli;

/// <summary>A command that was understood, and what it works with.</summary>
internal sealed class CommandContext
{
    private readonly ParseResult _parsed;

    public CommandContext(ParseResult parsed)
    {
        _parsed = parsed;
        Host = (CommandHost)parsed.InvocationConfiguration;
        Settings = CliSettings.Of(parsed, Host);
        Output = new CommandOutput(Host.Output, OutputOption.FormOf(parsed), Host.HasColors);
    }

    /// <summary>Where it runs.</summary>
    public CommandHost Host { get; }

    /// <summary>The settings, with those that were given as arguments.</summary>
    public CliSettings Settings { get; }

    /// <summary>Standard output, in the form that was asked for.</summary>
    public CommandOutput Output { get; }

    /// <summary>What was given for an option.</summary>
    public T? GetValue<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>What was given for an argument that can be left out.</summary>
    public T? GetValue<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>What was given for an argument.</summary>
    public T GetRequiredValue<T>(Argument<T> argument) => _parsed.GetRequiredValue(argument);

    /// <summary>What was given for a secret, wherever it is.</summary>
    /// <exception cref="CommandFailure">Standard input has none.</exception>
    public Task<string> ReadSecretAsync(Argument<string> argument, CancellationToken cancellationToken) =>
        SecretArguments.ReadAsync(argument.Name, GetRequiredValue(argument), Host, cancellationToken);

    /// <summary>Tells something that is no result.</summary>
    public void Note(string text) => Host.Error.WriteLine(text);
}
