using System.Globalization;
using System.Text;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary>Writes observations as a table, some at a time. Long room ids on later pages widen the rows from there on.</summary>
internal sealed class RoomTable(CommandOutput output)
{
    private const int StatusWidth = 12;

    private int _width = "ROOM".Length;
    private int _ownerWidth = "REPLICA".Length;
    private bool _hasHead;

    /// <summary>How many observations were written.</summary>
    public int Rows { get; private set; }

    /// <summary>Writes some.</summary>
    /// <param name="page">The observations.</param>
    /// <param name="status">What to say instead of their status; null for that.</param>
    public void Write(IReadOnlyCollection<Contracts.V1.Observation> page, string? status = null)
    {
        Rows += page.Count;
        if (page.Count == 0 || output.IsJson)
            return;

        _width = Math.Max(_width, page.Max(item => item.RoomId.Length));
        _ownerWidth = Math.Max(_ownerWidth, page.Max(static item => item.Owner?.Length ?? 0));
        var text = new StringBuilder();
        if (!_hasHead)
            Line(text, $"{"ROOM".PadRight(_width)}  {"STATUS",-StatusWidth} {"SINCE (UTC)",-19}  {"EVENTS",8}  {"ACCOUNT",-12} {"REPLICA".PadRight(_ownerWidth)}  REASON");
        _hasHead = true;
        foreach (var item in page)
            Line(text, $"{Words.Printable(item.RoomId).PadRight(_width)}  {StatusOf(item, status)} {item.StatusSince.UtcDateTime:yyyy-MM-dd HH:mm:ss}  {item.Sequence,8}  {item.Account,-12} {Words.Printable(item.Owner ?? "-").PadRight(_ownerWidth)}  {Words.Printable(item.Reason)}");
        output.Write(text.ToString()); // at once: the console flushes each write
    }

    private string StatusOf(Contracts.V1.Observation item, string? status)
    {
        var text = (status ?? Words.Of(item.Status)).PadRight(StatusWidth);
        if (status is not null)
            return output.Paint.Faint(text);

        return item.Status switch
        {
            ObservationStatus.Observing => output.Paint.Good(text),
            ObservationStatus.Interrupted or ObservationStatus.Connecting => output.Paint.Doubtful(text),
            ObservationStatus.Rejected => output.Paint.Bad(text),
            _ => text,
        };
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
