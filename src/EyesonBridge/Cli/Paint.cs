namespace EyesonBridge.Cli;

/// <summary>Colours for a terminal, and plain text for everything else.</summary>
internal sealed class Paint(bool isOn)
{
    /// <summary>What is as it should be.</summary>
    public string Good(string text) => In("32", text);

    /// <summary>What is wrong.</summary>
    public string Bad(string text) => In("31", text);

    /// <summary>What works, but should be looked at.</summary>
    public string Doubtful(string text) => In("33", text);

    /// <summary>What matters less.</summary>
    public string Faint(string text) => In("2", text);

    private string In(string code, string text) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
