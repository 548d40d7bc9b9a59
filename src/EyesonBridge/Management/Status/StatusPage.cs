using System.Globalization;
using EyesonBridge.Contracts.V1;
using static EyesonBridge.Management.Status.HtmlText;

namespace EyesonBridge.Management.Status;

/// <summary>The status page as HTML: the whole first, then its parts, then the rooms.</summary>
internal sealed class StatusPage(BridgeStatus status, RoomStatusPage rooms, StatusQuery query)
{
    private const double LongSeconds = 60;

    private readonly HtmlPage _page = new("EyesonBridge", "<h1>EyesonBridge</h1>");

    /// <summary>The whole page.</summary>
    public string Render()
    {
        WriteWhole();
        WriteHealth();
        if (status.Replicas.Count > 1)
            WriteReplicas();
        if (status.Gaps.Latest.Count > 0)
            WriteGaps();
        WriteRooms();
        return _page.Close();
    }

    private void WriteWhole()
    {
        var (events, outbox, gaps) = (status.Events, status.Outbox, status.Gaps);
        var peak = events.Slots.DefaultIfEmpty().Max() / (double)events.SlotSeconds;
        _page.Add("<div class=\"cards whole\">")
            .Card("events a second", Rate(events.PerSecond), "", $"over the last minute; at most {Rate(peak)} in ten minutes", Sparkline.Of(events))
            .Card("lag", Span(outbox.OldestSeconds), outbox.OldestSeconds > LongSeconds ? "bad" : "ok", "age of the oldest event that waits to be published")
            .Card("gaps", Number(gaps.LastHour), gaps.LastHour > 0 ? "warn" : "ok", $"in the last hour; {(gaps.Now == 0 ? "no room has one" : $"{Number(gaps.Now)} rooms have one")} now")
            .Card("outbox", $"{Number(outbox.Events)} events", outbox.Events > 0 ? "warn" : "ok", $"{Size(outbox.Bytes)} wait to be published")
            .Card(
                "no confirm for",
                Span(outbox.StalledSeconds),
                outbox.StalledSeconds > LongSeconds ? "bad" : "ok",
                outbox.Events > 0 ? "although events are waiting" : "nothing is waiting")
            .Add("</div>");
    }

    private void WriteHealth()
    {
        _page.Heading("Health").Add("<div class=\"cards\">");
        foreach (var check in status.Checks)
            _page.Card(check.Name is "bus" ? "broker" : check.Name, NameOf(check.Health), ClassOf(check.Health), check.Description);
        _page.Add("</div>");
    }

    private void WriteReplicas()
    {
        _page.Heading("Replicas").Table("replicas", "replica", "health", "#rooms", "#events a second", "#gaps", "#lag");
        foreach (var replica in status.Replicas)
        {
            _page.Add("<tr>")
                .Cell("replica", Escape(replica.Name) + (replica.IsThis ? " <small>this one</small>" : ""))
                .Cell("health", replica.Health is { } health ? NameOf(health) : "does not answer", ClassOf(replica.Health ?? Health.Unhealthy))
                .Cell("rooms", Number(replica.Rooms), "n")
                .Cell("events a second", replica.EventsPerSecond is { } rate ? Rate(rate) : "–", "n")
                .Cell("gaps", replica.GapsLastHour is { } gaps ? Number(gaps) : "–", "n")
                .Cell("lag", replica.OldestSeconds is { } lag ? Span(lag) : "–", "n")
                .Add("</tr>");
        }

        _page.Add("</tbody></table>");
    }

    private void WriteGaps()
    {
        _page.Heading("Latest gaps").Table("latest-gaps", "room", "ended", "#length", "reason");
        foreach (var gap in status.Gaps.Latest.Take(5))
        {
            _page.Add("<tr>")
                .Cell("room", $"<a href=\"{AddressOf(gap.RoomId)}\">{Escape(gap.RoomId)}</a>")
                .Cell("ended", Ago(gap.To, status.At))
                .Cell("length", Span((gap.To - gap.From).TotalSeconds), "n")
                .Cell("reason", Escape(gap.Reason))
                .Add("</tr>");
        }

        _page.Add("</tbody></table>");
    }

    private void WriteRooms()
    {
        _page.Heading("Rooms").Add($"<form><label>Rooms or accounts with <input name=\"q\" value=\"{Escape(query.Text)}\"></label>");
        if (query.State is { } given)
            _page.Add($"<input type=\"hidden\" name=\"state\" value=\"{NameOf(given)}\">");
        _page.Add(" <button>Show</button></form><nav>");
        WriteLink(null, "all", status.Rooms);
        foreach (var state in Enum.GetValues<ObservationStatus>())
            WriteLink(state, NameOf(state), status.RoomsByStatus.GetValueOrDefault(NameOf(state)));

        _page.Add("</nav>").Table("rooms", "room", "account", "state", "since", "last event", "#events", "#reconnects", "#lag", "replica");
        foreach (var room in rooms.Items)
            WriteRoom(room);
        _page.Add("</tbody></table>");
        if (rooms.Found == 0)
            _page.Add("<p>No rooms found. Register one: <code>eyeson-bridge observe ROOM_ID</code></p>");
        WritePages();
    }

    private void WriteRoom(RoomStatus room)
    {
        var state = room.Reason is null ? NameOf(room.Status) : $"{NameOf(room.Status)} ({room.Reason})";
        _page.Add("<tr>")
            .Cell("room", $"<a href=\"{AddressOf(room.RoomId)}\">{Escape(room.RoomId)}</a>")
            .Cell("account", Escape(room.Account))
            .Cell("state", Escape(state), ClassOf(room.Status))
            .Cell("since", Ago(room.StatusSince, status.At))
            .Cell("last event", Ago(room.LastEventAt, status.At))
            .Cell("events", Number(room.Events), "n")
            .Cell("reconnects", room.Reconnects is { } reconnects ? Number(reconnects) : "–", "n")
            .Cell("lag", Span(room.LagSeconds), "n")
            .Cell("replica", room.Owner is { } owner ? Escape(owner) : "–")
            .Add("</tr>");
    }

    private void WritePages()
    {
        var pages = (rooms.Found + StatusQuery.PageSize - 1) / StatusQuery.PageSize;
        if (pages <= 1)
            return;

        _page.Add($"<nav id=\"pages\">{Number(rooms.Found)} rooms, page {Number(query.Page)} of {Number(pages)} ");
        if (query.Page > 1)
            _page.Add($"<a href=\"{Address(query.State, query.Page - 1)}\">previous</a>");
        if (query.Page < pages)
            _page.Add($"<a href=\"{Address(query.State, query.Page + 1)}\">next</a>");
        _page.Add("</nav>");
    }

    private void WriteLink(ObservationStatus? state, string name, int count) =>
        _page.Add($"<a href=\"{Address(state, 1)}\"{(state == query.State ? " aria-current=\"page\"" : "")}>{name} {Number(count)}</a>");

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
