using System.CommandLine;
using System.CommandLine.Completions;

namespace EyesonBridge.Cli.Completion;

/// <summary>A command as a shell completes it.</summary>
/// <param name="Path">The words that lead to it, without the program's name.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Commands">The commands below it.</param>
/// <param name="Options">Its options, those of every command included.</param>
/// <param name="Values">Words that its arguments can be.</param>
internal sealed record CommandSyntax(
    string Path, string Summary, IReadOnlyList<CommandSyntax> Commands, IReadOnlyList<OptionSyntax> Options, IReadOnlyList<string> Values)
{
    private const int MaxSummary = 90;

    /// <summary>The names by which the program is called.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["eyeson-bridge", "EyesonBridge"];

    /// <summary>Its own word.</summary>
    public string Name => Path[(Path.LastIndexOf(' ') + 1)..];

    /// <summary>This one and all below it.</summary>
    public IEnumerable<CommandSyntax> All => Commands.SelectMany(static command => command.All).Prepend(this);

    /// <summary>That of a program.</summary>
    public static CommandSyntax Of(RootCommand root) => Of(root, "", []);

    private static CommandSyntax Of(Command command, string path, IReadOnlyList<Option> inherited)
    {
        List<Option> options = [.. command.Options.Where(static option => !option.Hidden), .. inherited];
        List<Option> passedOn = [.. options.Where(static option => option.Recursive)];
        return new CommandSyntax(
            path,
            SummaryOf(command.Description),
            [.. command.Subcommands.Where(static sub => !sub.Hidden).Select(sub => Of(sub, $"{path} {sub.Name}".TrimStart(), passedOn))],
            [.. options.Select(static option => new OptionSyntax([.. option.Aliases.Prepend(option.Name).Where(IsUsual)], SummaryOf(option.Description), option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool), ValuesOf(option)))],
            [.. command.Arguments.SelectMany(ValuesOf)]);
    }

    /// <summary>Help has names for other systems too, which a shell would take for patterns.</summary>
    private static bool IsUsual(string name) => name.StartsWith('-') && !name.Contains('?', StringComparison.Ordinal);

    private static List<string> ValuesOf(Symbol symbol) =>
        symbol is Option { ValueType: var type } && type == typeof(bool) ? [] : [.. symbol.GetCompletions(CompletionContext.Empty).Select(static item => item.Label)];

    /// <summary>The first sentence, in one line.</summary>
    private static string SummaryOf(string? description)
    {
        var text = Words.FirstSentence(description).TrimEnd('.');
        return text.Length <= MaxSummary ? text : $"{text[..(MaxSummary - 1)]}…";
    }
}
