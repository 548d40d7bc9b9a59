using System.CommandLine;

namespace EyesonBridge.Cli;

/// <summary>The option <c>--output</c>, of the commands that have results.</summary>
internal static class OutputOption
{
    private const string Name = "--output";

    /// <summary>Makes one.</summary>
    public static Option<OutputForm> Create() =>
        Choice.Option<OutputForm>(Name, "Form of the results: table, for people, or json, for programs.", "-o");

    /// <summary>The form that was asked for.</summary>
    public static OutputForm FormOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<OutputForm>>().SingleOrDefault() is { } option ? parsed.GetValue(option) : OutputForm.Table;
}
