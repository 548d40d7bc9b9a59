using System.Text.Encodings.Web;
using System.Text.Json;

namespace EyesonBridge.Cli;

/// <summary>Standard output of a command, in one of two forms; what is meant for the other is left out.</summary>
internal sealed class CommandOutput(TextWriter output, OutputForm form, bool hasColors)
{
    // Not for a page of HTML: apostrophes and letters of all languages stay as they are. What controls a terminal does not.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _gate = new();

    /// <summary>True when the results are for programs.</summary>
    public bool IsJson => form == OutputForm.Json;

    /// <summary>Colours, where there are some.</summary>
    public Paint Paint { get; } = new(hasColors);

    /// <summary>A line for people.</summary>
    public void Line(string text)
    {
        if (!IsJson)
            Write(text + Environment.NewLine);
    }

    /// <summary>A thing for programs, in a line of its own.</summary>
    public void Object<T>(T value)
    {
        if (IsJson)
            Write(AsJson(value) + Environment.NewLine);
    }

    /// <summary>Text as it is; at once, as the console flushes each write.</summary>
    public void Write(string text)
    {
        lock (_gate)
            output.Write(text);
    }

    /// <summary>A value as JSON in one line.</summary>
    public static string AsJson<T>(T value) => JsonSerializer.Serialize(value, Json);
}
