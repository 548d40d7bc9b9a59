using System.Text;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>The part of <c>docs/settings.md</c> that the options say themselves: a table for each section, a row for each setting.</summary>
internal static class SettingsPage
{
    private const string Begin = "<!-- settings: begin -->\n";
    private const string End = "<!-- settings: end -->\n";

    /// <summary>A page with that part as it is now.</summary>
    /// <param name="page">The page as it was.</param>
    /// <param name="comments">What the options say of themselves.</param>
    /// <exception cref="InvalidDataException">The page does not say where that part is.</exception>
    public static string Renew(string page, SettingComments comments)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin
            ? throw new InvalidDataException($"The page needs the lines {Begin.Trim()} and {End.Trim()}; what is between them is written.")
            : $"{page[..(begin + Begin.Length)]}\n{Tables(comments)}{page[end..]}";
    }

    private static string Tables(SettingComments comments)
    {
        var text = new StringBuilder();
        foreach (var section in SettingEntries.All.GroupBy(static setting => setting.Section, StringComparer.Ordinal))
        {
            text.Append($"### {section.Key}\n\n{comments.OfSection(section.Key)}\n\n| setting | environment variable | default | value | meaning |\n| --- | --- | --- | --- | --- |\n");
            foreach (var setting in section)
                text.Append($"| `{setting.Name}` | `{setting.Environment}` | {Default(setting)} | {SettingForm.Describe(setting)} | {comments.Of(setting).Replace("|", @"\|", StringComparison.Ordinal)} |\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Default(SettingEntry setting) => SettingForm.Text(setting.Default) is { } value ? $"`{value}`" : "none";
}
