using System.CommandLine;
using EyesonBridge.Cli.Configuration.Reference;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli.Configuration;

/// <summary><c>config show</c>: the settings as they count.</summary>
internal static class ConfigCommand
{
    private const int MaxWidth = 44;

    public static Command Create() => new("config", "Shows the settings that the bridge and these commands run with.")
    {
        Show(),
        Schema(),
        SettingsDocsCommand.Create(),
    };

    private static Command Schema() => new Command("schema", """
        Prints the JSON Schema of appsettings.json, with which an editor completes and checks that file.

        Example:
          eyeson-bridge config schema > appsettings.schema.json
        """).Does(static (context, _) =>
        {
            context.Output.Write(SettingsSchema.Load());
            return Task.FromResult(ExitCodes.Success);
        });

    private static Command Show()
    {
        var changed = new Option<bool>("--changed") { Description = "Leave out what is as the program and its appsettings.json have it." };
        return new Command("show", """
            Prints every setting with its value and where that comes from: a default, appsettings.json, an environment variable, a file of the secrets directory, or an argument. Secrets are left out. Settings that the program does not know are marked.

            Example:
              eyeson-bridge config show --changed
            """)
        {
            changed,
            OutputOption.Create(),
        }.Does((context, _) => Task.FromResult(Show(context, context.GetValue(changed))));
    }

    private static int Show(CommandContext context, bool onlyChanged)
    {
        context.Settings.Load();
        var settings = SettingList.Of(context.Settings.Layers)
            .Where(setting => !onlyChanged || setting.From is not ("default" or "appsettings"))
            .ToList();
        context.Output.Object(new { Settings = settings });
        var width = settings.Select(static setting => setting.Name.Length).Append(0).Max();
        context.Output.Line($"{"SETTING".PadRight(width)}  {"VALUE",-MaxWidth}  FROM");
        foreach (var setting in settings)
        {
            var mark = setting.IsKnown ? "" : context.Output.Paint.Doubtful("  (unknown: it has no effect)");
            context.Output.Line($"{setting.Name.PadRight(width)}  {Words.Printable(setting.Value),-MaxWidth}  {setting.Where ?? setting.From}{mark}");
        }

        if (context.Settings.Layers.Environment.GetValueOrDefault(SecretsDirectory.Variable) is { Length: > 0 } secrets && !context.Output.IsJson)
            context.Note($"Files are read from {secrets} ({SecretsDirectory.Variable}).");
        return ExitCodes.Success;
    }
}
