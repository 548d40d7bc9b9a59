using System.CommandLine;
using System.Text.RegularExpressions;

namespace EyesonBridge.Cli;

/// <summary>How problems are told: on standard error, a line each, with the name of the program.</summary>
internal static partial class Problems
{
    private const string Program = "eyeson-bridge";

    /// <summary>Tells problems.</summary>
    public static void Tell(TextWriter error, params IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            error.WriteLine($"{Program}: {problem}");
    }

    /// <summary>Tells why arguments were not understood, and where help is.</summary>
    public static int TellUsage(TextWriter error, ParseResult parsed)
    {
        var path = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            path.Insert(0, result.Command.Name);
        var command = parsed.CommandResult.Command;
        var subcommands = command.Subcommands.Where(static sub => !sub.Hidden).Select(static sub => sub.Name).ToList();
        Tell(error, parsed.Errors.Select(problem => Plain(problem.Message, command)).Distinct(StringComparer.Ordinal));
        if (subcommands.Count > 0)
            Tell(error, $"Commands of '{string.Join(' ', path)}': {string.Join(", ", subcommands)}.");
        Tell(error, $"'{string.Join(' ', path)} --help' says what is possible.");
        return ExitCodes.Usage;
    }

    /// <summary>Without the names of types, and with what is missing.</summary>
    private static string Plain(string message, Command command)
    {
        if (message.StartsWith("Required argument missing for command", StringComparison.Ordinal))
            return $"'{command.Name}' needs {string.Join(" and ", command.Arguments.Where(static argument => argument.Arity.MinimumNumberOfValues > 0).Select(static argument => argument.Name))}.";
        if (message.StartsWith("Required command was not provided", StringComparison.Ordinal))
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
