using System.Text.RegularExpressions;
using EyesonBridge.Cli;
using EyesonBridge.Cli.Completion;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Cli;

/// <summary>What is the same for all commands: help, mistakes in arguments, exit codes.</summary>
public sealed class CommandLineTests
{
    private static readonly CommandSyntax Syntax = CommandSyntax.Of(CommandLine.Create());

    public static TheoryData<string> Commands => [.. Syntax.All.Where(command => command.Commands.Count == 0).Select(command => command.Path)];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEach_HasAnExampleAndTheExitCodes(string command)
    {
        var run = await CommandRun.OfAsync([.. command.Split(' '), "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var example = run.Lines.SkipWhile(line => !line.Contains("Example:", StringComparison.Ordinal)).Skip(1).First();
        Assert.Matches($"(EyesonBridge|eyeson-bridge) {command}( |$)", example);
        Assert.All(ExitCodes.Meanings, code => Assert.Contains(run.Lines, line => line.StartsWith($"  {code.Code} ", StringComparison.Ordinal)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("permalink")]
    [InlineData("store")]
    public async Task Help_OfCommandsWithOthers_HasALineForEach(string path)
    {
        var run = await CommandRun.OfAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        var lines = run.Lines.SkipWhile(static line => line is not "Commands:").Skip(1).TakeWhile(static line => line.Length > 0).ToList();
        var names = Syntax.All.Single(command => string.Equals(command.Path, path, StringComparison.Ordinal)).Commands.Select(static command => command.Name);
        Assert.Equal(names, lines.Select(static line => line.TrimStart().Split(' ')[0]));
        Assert.DoesNotContain("Example:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Each command has --help, with an example.", run.Lines);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("nonsense", "'nonsense'", "': run, observe, stop, ")]
    [InlineData("lst", "Unknown command 'lst'. Did you mean 'list'?", "'eyeson-bridge --help' says what is possible.")]
    [InlineData("obsrve demo --wait-minutes 5", "Unknown command 'obsrve'. Did you mean 'observe'?", "': run, observe, stop, ")]
    [InlineData("Observe demo", "Unknown command 'Observe'. Did you mean 'observe'?", "': run, observe, stop, ")]
    [InlineData("config shwo", "Unknown command 'shwo'. Did you mean 'show'?", "Commands of 'eyeson-bridge config': ")]
    [InlineData("list --stat ended", "Unknown option '--stat'. Did you mean '--state'?", "list --help")]
    [InlineData("list --bus-ulr amqp://broker", "Unknown option '--bus-ulr'. Did you mean '--bus-url'?", "list --help")]
    [InlineData("list room", "Unknown argument 'room'.", "list --help")]
    [InlineData("observe --wait-minute 5 room", "Unknown option '--wait-minute'. Did you mean '--wait-minutes'?", "observe --help")]
    [InlineData("stop room --al", "Unknown option '--al'.", "stop --help")]
    [InlineData("schema -- --nonsense", "There is no schema of '--nonsense'.", "")]
    [InlineData("permalink", "'permalink' needs a command", "watch, unwatch, list, start, guest")]
    [InlineData("permalink guest", "'guest' needs GUEST_TOKEN and NAME.", "permalink guest --help")]
    [InlineData("observe", "'observe' needs ROOM.", "observe --help")]
    [InlineData("list --nonsense", "'--nonsense'", "list --help")]
    [InlineData("list --output xml", "--output must be table or json, not 'xml'.", "list --help")]
    [InlineData("list --state ended,gone", "--state must be waiting, connecting, observing, interrupted, ended or rejected, not 'gone'.", "list --help")]
    [InlineData("list --all --state ended", "--all cannot be combined with --state", "list --help")]
    [InlineData("list --timeout soon", "--timeout must be a number of seconds above 0", "list --help")]
    [InlineData("list --timeout 0", "--timeout must be a number of seconds above 0", "list --help")]
    [InlineData("observe room --wait-minutes soon", "'soon' for option '--wait-minutes': it must be a number", "observe --help")]
    [InlineData("stop @/no/such/file", "The file '/no/such/file' cannot be read.", "stop --help")]
    [InlineData("list --bus-url nonsense", "--bus-url must be an address such as amqp://", "amqps://")]
    [InlineData("list --control-queue a/b", "--control-queue must be a queue name", "")]
    [InlineData("completion csh", "'csh'", "bash, zsh, fish")]
    public async Task Arguments_Wrong_AreToldOnStandardErrorOnly(string line, string what, string how)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.All(run.Errors.TrimEnd('\n').Split('\n'), error => Assert.StartsWith("eyeson-bridge: ", error, StringComparison.Ordinal));
        Assert.Contains(what, run.Errors, StringComparison.Ordinal);
        Assert.Contains(how, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("obsrve demo", 3)]
    [InlineData("config shwo", 3)]
    [InlineData("list --stat ended", 2)]
    [InlineData("observe --nonsense", 2)]
    public async Task Arguments_Mistyped_AreToldOnce(string line, int lines)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal(lines, run.Errors.TrimEnd('\n').Split('\n').Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Argument_OfAFileThatBeginsWithADash_IsTakenAndNotRepeated()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Combine("token"), "-a-secret\n", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bus__Url"] = "amqp://guest:guest@127.0.0.1:9" };

        var taken = await CommandRun.OfAsync(environment, "permalink", "watch", $"@{folder.Combine("token")}");
        var typed = await CommandRun.OfAsync(environment, "permalink", "watch", "-a-secret");

        Assert.Equal((1, 2), (taken.ExitCode, typed.ExitCode));
        Assert.DoesNotContain("-a-secret", taken.Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("permalink @FILE watch")]
    [InlineData("list @FILE")]
    [InlineData("permalink unwatch @FILE @FILE")]
    [InlineData("list --bus-ulr=a-secret")]
    [InlineData("list --bus-ulr=amqp://me:a-secret@broker")]
    public async Task Argument_InTheWrongPlace_IsNotRepeatedWhereItMayBeASecret(string line)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Combine("token"), "a-secret\n", TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync(line.Replace("FILE", folder.Combine("token"), StringComparison.Ordinal).Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("a-secret", run.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Argument_FileThatMayNotBeRead_IsToldInOneLine()
    {
        using var folder = new TempFolder();

        var run = await CommandRun.OfAsync("stop", $"@{folder.Path}"); // a folder is refused like a file without rights, to root too

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{folder.Path}' is denied", Assert.Single(run.Errors.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Command_ReaderOfItsOutputIsGone_EndsWithoutAnError()
    {
        var gone = new TaskCompletionSource();
        var host = new CommandHost { WhenReaderGone = orInput => orInput ? gone.Task : new TaskCompletionSource().Task };
        var started = new TaskCompletionSource();

        var run = CommandGuard.RunForReaderAsync(
            host,
            async cancelled =>
            {
                started.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
                return ExitCodes.Failure;
            },
            orInput: true,
            TestContext.Current.CancellationToken);
        await started.Task;
        gone.SetResult();

        Assert.Equal(ExitCodes.Success, await run);
    }

    [Theory]
    [InlineData(false, "xterm", null, true)]
    [InlineData(false, "xterm", "", true)]
    [InlineData(false, "xterm", "1", false)]
    [InlineData(false, "dumb", null, false)]
    [InlineData(true, "xterm", null, false)]
    public void Colors_AreFor_TerminalsThatWantThem(bool isRedirected, string terminal, string? noColor, bool expected)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERM"] = terminal };
        if (noColor is not null)
            environment["NO_COLOR"] = noColor;

        Assert.Equal(expected, CommandHost.AllowsColors(environment, isRedirected));
    }

    [Theory]
    [InlineData(true, "\e[31mtext\e[0m")]
    [InlineData(false, "text")]
    public void Paint_IsOn_OnlyWhereThereAreColors(bool hasColors, string expected) =>
        Assert.Equal(expected, new CommandOutput(TextWriter.Null, OutputForm.Table, hasColors).Paint.Bad("text"));

    [Fact]
    public void AsJson_WhatControlsATerminal_IsEscaped()
    {
        var json = CommandOutput.AsJson("it's \e[2J \u009b2J \u0085 Zoë");

        Assert.DoesNotContain(json, char.IsControl);
        Assert.Contains("it's", json, StringComparison.Ordinal);
        Assert.Contains("Zoë", json, StringComparison.Ordinal);
    }

    /// <summary>docs/command-line.md has every command, every option and every exit code.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Documentation_HasEverything()
    {
        var text = await File.ReadAllTextAsync(RepositoryRoot.PathTo("docs", "command-line.md"), TestContext.Current.CancellationToken);

        Assert.All(Commands, command => Assert.Contains($"`{command.Data}", text, StringComparison.Ordinal));
        Assert.All(
            Syntax.All.SelectMany(command => command.Options).Select(option => option.Names[0]).Distinct(StringComparer.Ordinal),
            option => Assert.Matches(Regex.Escape(option) + "[ `,|]", text));
        Assert.All(ExitCodes.Meanings, code => Assert.Contains($"| {code.Code} | {code.Meaning} |", text, StringComparison.Ordinal));
    }
}
