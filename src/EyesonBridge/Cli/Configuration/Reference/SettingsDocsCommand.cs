using System.CommandLine;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>
/// <c>config docs</c>: writes what the documentation has of the options. For those who work on the program, so it is in no help: it needs
/// the XML documentation that a build leaves beside it.
/// </summary>
internal static class SettingsDocsCommand
{
    private const string Page = "docs/settings.md";

    public static Command Create()
    {
        var write = new Option<string>("--write") { Description = "The root of the repository.", HelpName = "FOLDER", Required = true };
        return new Command("docs", $"""
            Writes {SettingsSchema.FileName}, and the tables of {Page}, from the options.

            Example:
              eyeson-bridge config docs --write .
            """)
        {
            write,
        }.Hide().Does(async (context, cancellationToken) =>
        {
            var folder = context.GetValue(write)!;
            try
            {
                var comments = new SettingComments();
                var page = Path.Combine(folder, Page);
                var text = SettingsPage.Renew(await File.ReadAllTextAsync(page, cancellationToken), comments);
                await File.WriteAllTextAsync(page, text, cancellationToken);
                await File.WriteAllTextAsync(Path.Combine(folder, SettingsSchema.FileName), SettingsSchema.Create(comments), cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new CommandFailure($"The settings cannot be documented in '{folder}': {error.Message}");
            }

            context.Output.Line($"Wrote {Path.Combine(folder, Page)} and {Path.Combine(folder, SettingsSchema.FileName)}.");
            return ExitCodes.Success;
        });
    }

    private static Command Hide(this Command command)
    {
        command.Hidden = true;
        return command;
    }
}
