using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace EyesonBridge.Cli;

/// <summary>How problems are told: on standard error, a line each, with the name of the program.</summary>
internal static partial class Problems
{
    private const string Program = ProgramName.Command;
    private const string CommandMissing = "Required command was not provided";

    /// <summary>Tells problems.</summary>
    public static void Tell(TextWriter error, params IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            error.WriteLine($"{Program}: {problem}");
    }

    /// <summary>Tells why arguments were not understood, and where help is.</summary>
    public static int TellUsage(TextWriter error, ParseResult parsed, IReadOnlyList<string> args)
    {
        var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : OptionTakenForArgument(parsed, args);
        var path = PathTo(unknown, parsed);
        var command = path[^1];
        var name = string.Join(' ', path.Skip(1).Select(static part => part.Name).Prepend(Program));
        var subcommands = command.Subcommands.Where(static sub => !sub.Hidden).Select(static sub => sub.Name).ToList();
        if (unknown is not null)
            Tell(error, args.Contains(unknown, StringComparer.Ordinal) ? Unknown(unknown, path, subcommands) : "What is in the file of an argument that begins with '@' is not expected there.");
        if (command == parsed.CommandResult.Command)
            Tell(error, parsed.Errors.Where(problem => unknown is null || !IsAboutWhatIsUnknown(problem.Message)).Select(problem => Plain(problem.Message, command)).Distinct(StringComparer.Ordinal));
        if (subcommands.Count > 0)
            Tell(error, $"Commands of '{name}': {string.Join(", ", subcommands)}.");
        Tell(error, $"'{name} --help' says what is possible.");
        return ExitCodes.Usage;
    }

    /// <summary>
    /// What looks like an option, and is none: it would be taken for a room. Behind <c>--</c> everything is an argument, and so is what
    /// comes from a file (<c>@FILE</c>), which may be a secret.
    /// </summary>
    public static string? OptionTakenForArgument(ParseResult parsed, IReadOnlyList<string> args) => parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash)
        ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(static argument => argument.Tokens)
            .Select(static token => token.Value)
            .FirstOrDefault(value => value.Length > 1 && value.StartsWith('-') && args.Contains(value, StringComparer.Ordinal));

    /// <summary>The commands that lead to what is unknown: what follows it may be the name of another.</summary>
    private static List<Command> PathTo(string? unknown, ParseResult parsed)
    {
        var path = new List<Command> { parsed.RootCommandResult.Command };
        foreach (var token in parsed.Tokens.TakeWhile(token => unknown is null || !string.Equals(token.Value, unknown, StringComparison.Ordinal)))
        {
            if (token.Type == TokenType.Command && path[^1].Subcommands.FirstOrDefault(sub => string.Equals(sub.Name, token.Value, StringComparison.Ordinal)) is { } sub)
                path.Add(sub);
        }

        return path;
    }

    /// <summary>What is unknown, and what was probably meant. What comes after it is left out: it may be its value.</summary>
    private static string Unknown(string word, List<Command> path, List<string> subcommands)
    {
        var isOption = word.StartsWith('-');
        var options = path.SelectMany((command, index) => command.Options.Where(option => !option.Hidden && (option.Recursive || index == path.Count - 1)));
        if (isOption)
            word = word.Split('=')[0]; // what follows may be a secret
        var meant = NearestName.To(word, isOption ? options.Select(static option => option.Name) : subcommands);
        var what = isOption ? "option" : subcommands.Count > 0 ? "command" : "argument";
        return meant is null ? $"Unknown {what} '{word}'." : $"Unknown {what} '{word}'. Did you mean '{meant}'?";
    }

    private static bool IsAboutWhatIsUnknown(string message) =>
        message.StartsWith("Unrecognized command or argument", StringComparison.Ordinal) || message.StartsWith(CommandMissing, StringComparison.Ordinal);

    /// <summary>Without the names of types, and with what is missing.</summary>
    private static string Plain(string message, Command command)
    {
        if (message.StartsWith("Required argument missing for command", StringComparison.Ordinal))
            return $"'{command.Name}' needs {string.Join(" and ", command.Arguments.Where(static argument => argument.Arity.MinimumNumberOfValues > 0).Select(static argument => argument.Name))}.";
        if (message.StartsWith(CommandMissing, StringComparison.Ordinal))
            return $"'{command.Name}' needs a command.";

        var text = string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        text = ExpectedType().Replace(text, static match => match.Groups["type"].Value switch
        {
            "Double" => ": it must be a number",
            "Int32" or "Int64" => ": it must be a whole number",
            "Boolean" => ": it must be true or false",
            _ => "",
        });
        return MissingFile().Replace(text, "The file '${file}' cannot be read. An argument that begins with '@' names a file with arguments.");
    }

    [GeneratedRegex(@" as expected type '(?:System\.Nullable`1\[)?System\.(?<type>\w+)\]?'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExpectedType();

    [GeneratedRegex("^(?:Response file not found|Error reading response file) '(?<file>[^']*)'.*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingFile();
}
