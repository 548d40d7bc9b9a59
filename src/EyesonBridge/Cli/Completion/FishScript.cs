using System.Text;

namespace EyesonBridge.Cli.Completion;

/// <summary>Completion for fish, from version 3.</summary>
internal static class FishScript
{
    /// <summary>The script.</summary>
    public static string Of(CommandSyntax root)
    {
        var rules = new StringBuilder();
        foreach (var command in root.All)
        {
            var here = $"    complete -c $program -n \"__eyeson_bridge_at '{command.Path}'\"";
            foreach (var sub in command.Commands)
                rules.Append(here).Append(" -a ").Append(sub.Name).Append(" -d ").Append(Quoted(sub.Summary)).Append('\n');
            if (command.Values.Count > 0)
                rules.Append(here).Append(" -a ").Append(Quoted(string.Join(' ', command.Values))).Append('\n');
            foreach (var option in command.Options)
                rules.Append(here).Append(NamesOf(option)).Append(ValueOf(option)).Append(" -d ").Append(Quoted(option.Summary)).Append('\n');
        }

        var takeValues = root.All.SelectMany(static command => command.Options).Where(static option => option.TakesValue).SelectMany(static option => option.Names);
        return $"""
            # fish completion for eyeson-bridge.

            set -g __eyeson_bridge_commands {string.Join(' ', root.All.Skip(1).Select(static command => Quoted(command.Path)))}
            set -g __eyeson_bridge_take_values {string.Join(' ', takeValues.Distinct(StringComparer.Ordinal))}

            # Whether the words so far lead to this command.
            function __eyeson_bridge_at
                set -l at
                set -l is_value no
                for word in (commandline -opc)[2..-1]
                    if test $is_value = yes
                        set is_value no
                    else if contains -- $word $__eyeson_bridge_take_values
                        set is_value yes
                    else if contains -- (string join ' ' $at $word) $__eyeson_bridge_commands
                        set at $at $word
                    end
                end
                set -l path (string join ' ' $at)
                test "$path" = "$argv[1]"
            end

            for program in {string.Join(' ', CommandSyntax.Programs)}
                complete -c $program -f
            {rules}end

            """.ReplaceLineEndings("\n");
    }

    private static string NamesOf(OptionSyntax option) =>
        string.Concat(option.Names.Select(static name =>
            name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {Quoted(name[1..])}"));

    private static string ValueOf(OptionSyntax option) => option switch
    {
        { TakesValue: false } => "",
        { Values.Count: 0 } => " -r -F",
        _ => $" -x -a {Quoted(string.Join(' ', option.Values))}",
    };

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
