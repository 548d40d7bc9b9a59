namespace EyesonBridge.Cli.Completion;

/// <summary>Completion for zsh.</summary>
internal static class ZshScript
{
    /// <summary>The script.</summary>
    public static string Of(CommandSyntax root)
    {
        var commands = root.All.Select(static command => $"""
                ('{command.Path}')
                  subcommands=({string.Join(' ', command.Commands.Select(static sub => Described(sub.Name, sub.Summary)))})
                  flags=({string.Join(' ', command.Options.SelectMany(static option => option.Names.Select(name => Described(name, option.Summary))))})
                  arguments=({string.Join(' ', command.Values)})
                  ;;
            """);
        var values = root.All.SelectMany(static command => command.Options
            .Where(static option => option.TakesValue)
            .Select(option => $"    ({string.Join('|', option.Names.Select(name => $"'{command.Path}|{name}'"))}) values=({string.Join(' ', option.Values)}) ;;"));
        return $$"""
            #compdef {{string.Join(' ', CommandSyntax.Programs)}}
            # zsh completion for eyeson-bridge.

            # Of a command: the commands below it, its options, and words that its arguments can be.
            _eyeson_bridge_command() {
              subcommands=() flags=() arguments=()
              case $1 in
            {{string.Join('\n', commands)}}
              esac
            }

            # Of an option of a command: the values that there are. Fails when it takes none.
            _eyeson_bridge_values() {
              values=()
              case "$1|$2" in
            {{string.Join('\n', values)}}
                (*) return 1 ;;
              esac
            }

            _eyeson_bridge() {
              local at='' word
              local -a subcommands flags arguments values
              integer i
              for ((i = 2; i < CURRENT; i++)); do
                word=$words[i]
                if _eyeson_bridge_values "$at" "$word"; then
                  ((i++))
                  continue
                fi
                _eyeson_bridge_command "$at"
                if ((${subcommands[(I)${(b)word}:*]})); then at=${at:+$at }$word; fi
              done

              if [[ $words[CURRENT] == --*=* ]] && _eyeson_bridge_values "$at" "${words[CURRENT]%%=*}"; then
                compset -P '*='
                _eyeson_bridge_value
              elif ((CURRENT > 2)) && _eyeson_bridge_values "$at" "$words[CURRENT-1]"; then
                _eyeson_bridge_value
              else
                _eyeson_bridge_command "$at"
                if [[ $words[CURRENT] == @* ]]; then
                  compset -P @
                  _files
                elif [[ $words[CURRENT] == -* ]] || ((!$#subcommands && !$#arguments)); then
                  _describe -o option flags
                else
                  if (($#subcommands)); then _describe command subcommands; fi
                  if (($#arguments)); then _describe argument arguments; fi
                fi
              fi
            }

            _eyeson_bridge_value() {
              if (($#values)); then _describe value values; else _files; fi
            }

            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
              _eyeson_bridge "$@"
            else
              compdef _eyeson_bridge {{string.Join(' ', CommandSyntax.Programs)}}
            fi

            """.ReplaceLineEndings("\n");
    }

    private static string Described(string name, string summary) => $"'{name}:{summary.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
