using System.CommandLine;
using System.CommandLine.Parsing;

namespace EyesonBridge.Cli;

/// <summary>Options and arguments that take one of some words, in whatever case they are written.</summary>
internal static class Choice
{
    /// <summary>An option that takes the names of an enumeration, with small letters.</summary>
    public static Option<T> Option<T>(string name, string description, params string[] aliases)
        where T : struct, Enum
    {
        var option = new Option<T>(name, aliases)
        {
            Description = description,
            HelpName = string.Join('|', Words<T>()),
            CustomParser = given => Read<T>(given, name, given.Tokens[0].Value),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(Words<T>());
        return option;
    }

    /// <summary>An option that takes some of the names, separated by commas or given repeatedly.</summary>
    public static Option<T[]> Options<T>(string name, string helpName, string description)
        where T : struct, Enum
    {
        var option = new Option<T[]>(name)
        {
            Description = $"{description}: {string.Join(", ", Words<T>())}.",
            HelpName = helpName,
            CustomParser = given => [.. given.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)).Select(word => Read<T>(given, name, word))],
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(Words<T>());
        return option;
    }

    private static T Read<T>(ArgumentResult given, string name, string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        given.AddError($"{name} must be {string.Join(", ", Words<T>()[..^1])} or {Words<T>()[^1]}, not '{word}'.");
        return default;
    }

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(static word => word.ToLowerInvariant())];
}
