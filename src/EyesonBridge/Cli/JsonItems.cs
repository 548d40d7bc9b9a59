namespace EyesonBridge.Cli;

/// <summary>A document <c>{"items":[…]}</c>, of which some are written at a time. Writes nothing when results are for people.</summary>
internal sealed class JsonItems(CommandOutput output)
{
    private bool _isOpen;

    /// <summary>Writes some of the items.</summary>
    public void Write<T>(IEnumerable<T> items)
    {
        if (!output.IsJson)
            return;

        foreach (var item in items)
        {
            output.Write((_isOpen ? "," : "{\"items\":[") + CommandOutput.AsJson(item));
            _isOpen = true;
        }
    }

    /// <summary>Ends the document.</summary>
    /// <param name="members">Members behind the items, as JSON; null for none.</param>
    public void End(string? members = null)
    {
        if (output.IsJson)
            output.Write($"{(_isOpen ? "" : "{\"items\":[")}]{(members is null ? "" : $",{members}")}}}{Environment.NewLine}");
    }
}
