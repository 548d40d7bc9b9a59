using System.CommandLine;

namespace EyesonBridge.Cli.Completion;

/// <summary><c>completion bash|zsh|fish</c>: a script that completes command lines.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, Func<CommandSyntax, string>> Shells = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = BashScript.Of,
        ["zsh"] = ZshScript.Of,
        ["fish"] = FishScript.Of,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.CompletionSources.Add([.. Shells.Keys]);
        return new Command("completion", """
            Prints a script that lets a shell complete commands, options and their values.
            bash: source <(eyeson-bridge completion bash), in ~/.bashrc.
            zsh: source <(eyeson-bridge completion zsh), in ~/.zshrc behind compinit.
            fish: eyeson-bridge completion fish | source, in ~/.config/fish/config.fish.

            Example:
              eyeson-bridge completion bash > /etc/bash_completion.d/eyeson-bridge
            """)
        {
            shell,
        }.Does((context, _) => Task.FromResult(Print(context, context.GetRequiredValue(shell))));
    }

    private static int Print(CommandContext context, string shell)
    {
        if (!Shells.TryGetValue(shell, out var scriptOf))
            throw new CommandFailure($"There is no script for '{shell}', only for {string.Join(", ", Shells.Keys)}.", ExitCodes.Usage);

        context.Output.Write(scriptOf(CommandSyntax.Of(CommandLine.Create())));
        return ExitCodes.Success;
    }
}
