namespace EyesonBridge.Cli.Completion;

/// <summary>Completion for bash, from version 3.2.</summary>
internal static class BashScript
{
    /// <summary>The script.</summary>
    public static string Of(CommandSyntax root)
    {
        var commands = root.All.Select(static command =>
            $"    '{command.Path}') commands='{Words(command.Commands.Select(static sub => sub.Name))}' options='{Words(command.Options.SelectMany(static option => option.Names))}' arguments='{Words(command.Values)}' ;;");
        var values = root.All.SelectMany(static command => command.Options
            .Where(static option => option.TakesValue)
            .Select(option => $"    {string.Join(" | ", option.Names.Select(name => $"'{command.Path}|{name}'"))}) values='{Words(option.Values)}' ;;"));
        return $$"""
            # bash completion for eyeson-bridge.

            # Of a command: the commands below it, its options, and words that its arguments can be.
            _eyeson_bridge_command() {
              commands='' options='' arguments=''
              case $1 in
            {{string.Join('\n', commands)}}
              esac
            }

            # Of an option of a command: the values that there are. Fails when it takes none.
            _eyeson_bridge_values() {
              values=''
              case "$1|$2" in
            {{string.Join('\n', values)}}
                *) return 1 ;;
              esac
            }

            _eyeson_bridge() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
              local at='' word i commands options arguments values IFS=$' \t\n'
              COMPREPLY=()
              # '=' is a word of its own.
              if [[ $current == '=' ]]; then
                current=''
              elif [[ $previous == '=' ]]; then
                previous=${COMP_WORDS[COMP_CWORD - 2]}
              fi

              for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if _eyeson_bridge_values "$at" "$word"; then
                  i=$((i + 1))
                  if [[ ${COMP_WORDS[i]} == '=' ]]; then i=$((i + 1)); fi
                  continue
                fi
                _eyeson_bridge_command "$at"
                if [[ " $commands " == *" $word "* ]]; then at=${at:+$at }$word; fi
              done

              if _eyeson_bridge_values "$at" "$previous"; then
                if [[ -n $values ]]; then
                  COMPREPLY=($(compgen -W "$values" -- "$current"))
                else
                  _eyeson_bridge_files '' "$current"
                fi
                return
              fi

              _eyeson_bridge_command "$at"
              if [[ $current == @* ]]; then
                _eyeson_bridge_files @ "${current#@}"
              elif [[ $current == -* || -z $current$commands$arguments ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$current"))
              else
                COMPREPLY=($(compgen -W "$commands $arguments" -- "$current"))
              fi
            }

            _eyeson_bridge_files() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -P "$1" -f -- "$2"))
            }

            complete -F _eyeson_bridge {{string.Join(' ', CommandSyntax.Programs)}}

            """.ReplaceLineEndings("\n");
    }

    private static string Words(IEnumerable<string> words) => string.Join(' ', words);
}
