using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>The JSON Schema of <c>appsettings.json</c>, with which editors complete and check it.</summary>
internal static class SettingsSchema
{
    /// <summary>The file, beside appsettings.json, and as a resource of this assembly.</summary>
    public const string FileName = "appsettings.schema.json";

    private const string Duration = @"^([0-9]+\.)?([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?$";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people, too, and never inside HTML
    };

    /// <summary>The schema that was built into this program.</summary>
    public static string Load()
    {
        using var reader = new StreamReader(typeof(SettingsSchema).Assembly.GetManifestResourceStream(FileName)!);
        return reader.ReadToEnd();
    }

    /// <summary>The schema of the options as they are.</summary>
    public static string Create(SettingComments comments)
    {
        var sections = new JsonObject();
        foreach (var section in BridgeOptions.Sections.Select(static options => options.Name).Distinct(StringComparer.Ordinal))
            sections[section] = Closed(SettingEntries.All.Where(setting => string.Equals(setting.Section, section, StringComparison.Ordinal)), section, comments);
        sections["Logging"] = Logging();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:eyeson-bridge:appsettings",
            ["title"] = "appsettings.json of EyesonBridge",
            ["type"] = "object",
            ["properties"] = sections,
        };
        return schema.ToJsonString(Readable) + "\n";
    }

    /// <summary>An object with these settings and no others, as what is misspelt has no effect.</summary>
    private static JsonObject Closed(IEnumerable<SettingEntry> settings, string path, SettingComments comments)
    {
        var (properties, below) = (new JsonObject(), new List<SettingEntry>());
        foreach (var setting in settings)
        {
            if (setting.Name.Split(':').Length == path.Split(':').Length + 1)
                properties[setting.Property.Name] = Of(setting, comments);
            else
                below.Add(setting);
        }

        foreach (var dictionary in below.GroupBy(setting => setting.Name.Split(':')[path.Split(':').Length], StringComparer.Ordinal))
        {
            properties[dictionary.Key] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = Closed(dictionary, $"{path}:{dictionary.Key}:{SettingEntries.AnyName}", comments),
            };
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (!path.Contains(':', StringComparison.Ordinal))
            schema.Insert(0, "description", comments.OfSection(path));
        return schema;
    }

    private static JsonObject Of(SettingEntry setting, SettingComments comments)
    {
        var form = setting.Type == typeof(TimeSpan) ? $" A {SettingForm.Describe(setting)}." : "";
        var schema = new JsonObject { ["description"] = $"{comments.Of(setting)}{form}" };
        var type = setting.Type switch
        {
            var number when number == typeof(int) || number == typeof(long) => "integer",
            var flag when flag == typeof(bool) => "boolean",
            _ when setting.IsList => "array",
            _ => "string",
        };
        schema["type"] = setting.Default is null ? new JsonArray(type, "null") : type;
        if (setting.Type.IsEnum)
            schema["enum"] = new JsonArray([.. setting.Type.GetEnumNames().Select(static name => JsonValue.Create(name))]);
        if (setting.Type == typeof(TimeSpan))
            schema["pattern"] = Duration;
        if (setting.IsList)
            schema["items"] = new JsonObject { ["type"] = "string" };
        if (type is "integer" && setting.Range is { } range)
        {
            schema["minimum"] = Number(range.Minimum);
            if (Number(range.Maximum) is var most && most < long.MaxValue)
                schema["maximum"] = most;
        }

        schema["default"] = setting.Default switch
        {
            null => null,
            bool flag => flag,
            int or long => Number(setting.Default),
            IEnumerable and not string => new JsonArray(),
            _ => SettingForm.Text(setting.Default),
        };
        return schema;
    }

    private static JsonObject Logging() => new()
    {
        ["description"] = "Levels of the log by category; docs/logs.md lists the messages.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["LogLevel"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames<LogLevel>().Select(static level => JsonValue.Create(level))]) },
            },
        },
    };

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
