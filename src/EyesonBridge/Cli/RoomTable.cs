using System.Globalization;
using System.Text;

namespace EyesonBridge.Cli;

/// <summary>Writes observations as a table, some at a time. Long room ids on later pages widen the rows from there on.</summary>
internal sealed class RoomTable(TextWriter output)
{
    private int _width = "ROOM".Length;

    /// <summary>How many observations were written.</summary>
    public int Rows { get; private set; }

    public async Task WriteAsync(IReadOnlyList<Contracts.V1.Observation> page)
    {
        if (page.Count == 0)
            return;

        _width = Math.Max(_width, page.Max(item => item.RoomId.Length));
        var text = new StringBuilder();
        if (Rows == 0)
            Line(text, $"{"ROOM".PadRight(_width)}  {"STATUS",-12} {"SINCE (UTC)",-19}  {"EVENTS",8}  {"ACCOUNT",-12} REASON");
        foreach (var item in page)
            Line(text, $"{item.RoomId.PadRight(_width)}  {Words.Of(item.Status),-12} {item.StatusSince.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {item.Sequence,8}  {item.Account,-12} {item.Reason}");
        Rows += page.Count;
        await output.WriteAsync(text); // at once: the console flushes each write
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
