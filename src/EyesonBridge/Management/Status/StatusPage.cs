using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using EyesonBridge.Contracts.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management.Status;

/// <summary>The status page as HTML. Everything that comes from elsewhere is escaped.</summary>
internal sealed class StatusPage(BridgeStatus status, StatusQuery query)
{
    private readonly StringBuilder _html = new();

    /// <summary>The whole page.</summary>
    public string Render()
    {
        _html.Append("""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>EyesonBridge</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <noscript><meta http-equiv="refresh" content="5"></noscript>
            <link rel="icon" href="data:,"><link rel="stylesheet" href="status.css"><script src="status.js" defer></script></head>
            <body><header><h1>EyesonBridge</h1><span id="refreshed">as of this moment</span></header>
            <form><label>Rooms or accounts with <input name="q" value="
            """.TrimEnd()).Append(Escape(query.Text)).Append("\"></label>");
        if (query.State is { } state)
            _html.Append("<input type=\"hidden\" name=\"state\" value=\"").Append(NameOf(state)).Append("\">");
        _html.Append(" <button>Show</button></form><main id=\"live\">");
        WriteCards();
        WriteRooms();
        return _html.Append("</main></body></html>").ToString();
    }

    private static string Escape(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    private static string NameOf(ObservationStatus state) => state.ToString().ToLowerInvariant();

    private static string ClassOf(HealthStatus health) => health switch
    {
        HealthStatus.Healthy => "ok",
        HealthStatus.Degraded => "warn",
        _ => "bad",
    };

    private static string ClassOf(ObservationStatus state) => state switch
    {
        ObservationStatus.Observing => "ok",
        ObservationStatus.Interrupted or ObservationStatus.Rejected => "bad",
        ObservationStatus.Connecting or ObservationStatus.Waiting => "warn",
        _ => "",
    };

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
    };

    private static string Span(TimeSpan span) => span switch
    {
        { Ticks: <= 0 } => "0 s",
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
    };

    private string Ago(DateTimeOffset? at) => at is { } then
        ? $"<time datetime=\"{then.UtcDateTime:O}\" title=\"{then.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\">{Span(status.At - then)} ago</time>"
        : "–";

    private void WriteCards()
    {
        _html.Append("<h2>Health</h2><div class=\"cards\">");
        foreach (var part in status.Parts)
            WriteCard(part.Name is "bus" ? "broker" : part.Name, part.Health.ToString().ToLowerInvariant(), ClassOf(part.Health), part.Description);

        _html.Append("</div><h2>Outbox</h2><div class=\"cards\">");
        var count = status.Outbox.Count;
        WriteCard("waiting", string.Create(CultureInfo.InvariantCulture, $"{count:N0} events"), count > 0 ? "warn" : "ok", Size(status.Outbox.Bytes));
        WriteCard("oldest", Span(status.OldestAge), status.OldestAge > TimeSpan.FromMinutes(1) ? "bad" : "ok", "age of the oldest waiting event");
        WriteCard("no confirm for", Span(status.StalledFor), status.StalledFor > TimeSpan.FromMinutes(1) ? "bad" : "ok", count > 0 ? "although events are waiting" : "nothing is waiting");
        _html.Append("</div>");
    }

    private void WriteCard(string name, string value, string style, string? detail) =>
        _html.Append("<div class=\"card\" id=\"").Append(Escape(name.Replace(' ', '-'))).Append("\"><b>").Append(Escape(name))
            .Append(" <span class=\"").Append(style).Append("\">").Append(Escape(value)).Append("</span></b><p>").Append(Escape(detail)).Append("</p></div>");

    private void WriteRooms()
    {
        _html.Append("<h2>Rooms</h2><nav>");
        WriteLink(null, "all", status.Counts.Values.Sum());
        foreach (var state in Enum.GetValues<ObservationStatus>())
            WriteLink(state, NameOf(state), status.Counts.GetValueOrDefault(state));
        _html.Append("""
            </nav><table id="rooms"><thead><tr><th>room<th>account<th>state<th>since<th>last event<th class="n">events<th class="n">reconnects<th class="n">lag</tr></thead><tbody>
            """);
        foreach (var room in status.Rooms)
            WriteRoom(room);
        _html.Append("</tbody></table>");
        if (status.Found == 0)
            _html.Append("<p>No rooms found. Register one: <code>eyeson-bridge observe ROOM_ID</code></p>");
        WritePages();
    }

    private void WriteRoom(RoomStatus room)
    {
        var state = room.Reason is null ? NameOf(room.Status) : $"{NameOf(room.Status)} ({room.Reason})";
        _html.Append("<tr><td>").Append(Escape(room.RoomId))
            .Append("<td>").Append(Escape(room.Account))
            .Append("<td class=\"").Append(ClassOf(room.Status)).Append("\">").Append(Escape(state))
            .Append("<td>").Append(Ago(room.Since))
            .Append("<td>").Append(Ago(room.LastEventAt))
            .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{room.Events:N0}<td class=\"n\">{room.Reconnects:N0}")
            .Append("<td class=\"n\">").Append(Span(room.Lag)).Append("</tr>");
    }

    private void WritePages()
    {
        var pages = (status.Found + StatusQuery.PageSize - 1) / StatusQuery.PageSize;
        if (pages <= 1)
            return;

        _html.Append(CultureInfo.InvariantCulture, $"<nav id=\"pages\">{status.Found:N0} rooms, page {query.Page:N0} of {pages:N0} ");
        if (query.Page > 1)
            _html.Append("<a href=\"").Append(Address(query.State, query.Page - 1)).Append("\">previous</a>");
        if (query.Page < pages)
            _html.Append("<a href=\"").Append(Address(query.State, query.Page + 1)).Append("\">next</a>");
        _html.Append("</nav>");
    }

    private void WriteLink(ObservationStatus? state, string name, int count) =>
        _html.Append("<a href=\"").Append(Address(state, 1)).Append('"').Append(state == query.State ? " aria-current=\"page\"" : "")
            .Append(CultureInfo.InvariantCulture, $">{name} {count:N0}</a>");

    private string Address(ObservationStatus? state, int page)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"?page={page}");
        if (state is { } one)
            address += $"&state={NameOf(one)}";
        if (query.Text.Length > 0)
            address += $"&q={Uri.EscapeDataString(query.Text)}";
        return Escape(address);
    }
}
