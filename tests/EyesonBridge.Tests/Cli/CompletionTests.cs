using System.ComponentModel;
using System.Diagnostics;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Cli;

/// <summary>The scripts in the shells that they are for.</summary>
public sealed class CompletionTests
{
    // A command line, and what it can go on with; '|' between words.
    private static readonly (string Line, string[] Expected)[] Cases =
    [
        ("l", ["list"]),
        ("permalink ", ["guest", "list", "start", "unwatch", "watch"]),
        ("permalink w", ["watch"]),
        ("list --st", ["--state"]),
        ("permalink list --bus", ["--bus-url"]),
        ("list --state e", ["ended"]),
        ("list --output ", ["json", "table"]),
        ("list --output=j", ["json"]),
        ("--bus-url permalink list -o ", ["json", "table"]),
        ("tail --type RecordingS", ["RecordingStarted", "RecordingStopped"]),
        ("config ", ["schema", "show"]),
        ("completion ", ["bash", "fish", "zsh"]),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Bash_Completes() =>
        AssertCompletes(await RunAsync("bash", "bash", """
            source "$1"
            shift
            for line; do
              COMP_WORDS=() COMP_CWORD=0
              for word in eyeson-bridge ${line//=/ = }; do COMP_WORDS+=("$word"); done
              if [[ $line == *' ' ]]; then COMP_WORDS+=(''); fi
              COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
              _eyeson_bridge
              echo "> ${COMPREPLY[*]}"
            done
            """, "--norc"));

    [Fact(Timeout = 60_000)]
    public async Task Zsh_Completes() =>
        AssertCompletes(await RunAsync("zsh", "zsh", """
            compdef() { [[ $1 == _eyeson_bridge && $2 == eyeson-bridge ]] || print wrong; }
            compset() { taken=${words[CURRENT]#*=}; }
            _files() { print files; }
            _describe() {
              [[ $1 != -o ]] || shift
              local item
              for item in ${(P)2}; do
                item=${item%%:*}
                if [[ $item == $taken* ]]; then found+=($item); fi
              done
            }
            source $1
            shift
            for line; do
              words=(eyeson-bridge ${=line}) found=()
              if [[ $line == *' ' ]]; then words+=(''); fi
              CURRENT=$#words taken=$words[-1]
              _eyeson_bridge
              print -r -- "> $found"
            done
            """, "-f"));

    [Fact(Timeout = 60_000)]
    public async Task Fish_Completes() =>
        AssertCompletes(await RunAsync("fish", "fish", """
            source $argv[1]
            for line in $argv[2..-1]
                echo "> "(complete -C "eyeson-bridge $line" | string split -f 1 \t | string replace -r '^--[a-z-]+=' '' | string join ' ')
            end
            """, "--no-config"));

    private static void AssertCompletes(IReadOnlyList<string> lines) =>
        Assert.Equal(
            Cases.Select(one => $"{one.Line} > {string.Join(' ', one.Expected)}"),
            Cases.Zip(lines, (one, line) => $"{one.Line} > {string.Join(' ', line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))}"));

    /// <summary>Runs a script of the shell with the completion script, and the lines to complete.</summary>
    private static async Task<IReadOnlyList<string>> RunAsync(string shell, string program, string script, params string[] options)
    {
        using var folder = new TempFolder();
        var completion = folder.Combine($"completion.{shell}");
        var test = folder.Combine($"test.{shell}");
        await File.WriteAllTextAsync(completion, (await CommandRun.OfAsync("completion", shell)).Output, Cancellation);
        await File.WriteAllTextAsync(test, script.ReplaceLineEndings("\n"), Cancellation);
        var start = new ProcessStartInfo(program, [.. options, test, completion, .. Cases.Select(one => one.Line)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = folder.Path;
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(Cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            Assert.Equal((0, ""), (process.ExitCode, await errors));
            return output.TrimEnd('\n').Split('\n');
        }
        catch (Win32Exception missing)
        {
            throw MissingTool.Error(program, missing);
        }
    }
}
