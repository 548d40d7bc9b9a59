using static EyesonBridge.Management.Status.HtmlText;

namespace EyesonBridge.Management.Status;

/// <summary>The page of a room as HTML.</summary>
/// <param name="roomId">The room that is asked for.</param>
/// <param name="details">What is told of it; null when it is not stored.</param>
/// <param name="now">The moment.</param>
internal sealed class RoomDetailsPage(string roomId, RoomDetails? details, DateTimeOffset now)
{
    private readonly HtmlPage _page = new($"{roomId} – EyesonBridge", $"<h1><a href=\"./\">EyesonBridge</a> / {Escape(roomId)}</h1>");

    /// <summary>The whole page.</summary>
    public string Render()
    {
        if (details is not { Room: var room })
            return _page.Add("<p>There is no such room here: it was never registered, or was removed after its observation was over.</p>").Close();

        WriteObservation(room);
        WriteMeeting();
        WriteEvents();
        WriteGaps();
        return _page.Close();
    }

    private void WriteObservation(RoomStatus room)
    {
        var wanted = room.WantedBy.Count == 0 ? "wanted by nobody any more" : $"wanted by {string.Join(", ", room.WantedBy)}";
        _page.Add("<div class=\"cards whole\">")
            .Card("state", NameOf(room.Status), ClassOf(room.Status), room.Reason ?? wanted)
            .Card("since", Span((now - room.StatusSince).TotalSeconds), "", $"{room.StatusSince.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
            .Card("last event", room.LastEventAt is { } at ? $"{Span((now - at).TotalSeconds)} ago" : "none", "", $"{Number(room.Events)} events so far")
            .Card("lag", Span(room.LagSeconds), room.LagSeconds > 60 ? "bad" : "ok", "age of its oldest event that waits to be published")
            .Card("replica", room.Owner ?? "none", "", room.Reconnects is { } reconnects ? $"account {room.Account}, {Number(reconnects)} reconnects" : $"account {room.Account}")
            .Add("</div>");
    }

    private void WriteMeeting()
    {
        _page.Heading("Meeting");
        if (details?.Meeting is not { } meeting)
        {
            _page.Add("<p>Its state cannot be read: <code>eyeson-bridge doctor</code> says what to do.</p>");
            return;
        }

        _page.Add("<dl id=\"meeting\">");
        Fact("meeting", details.Room.MeetingId is { } id ? Escape(id) : "–");
        Fact("started", meeting.StartedAt is { } started ? $"{At(started)} UTC" : "–");
        Fact("is over", YesOrNo(meeting.IsOver));
        Fact("participants", meeting.Guests == 0 ? Number(meeting.Participants) : $"{Number(meeting.Participants)}, {Number(meeting.Guests)} of them guests");
        Fact("locked", meeting.IsLocked is { } locked ? YesOrNo(locked) : "not known");
        Fact("recording", YesOrNo(meeting.IsRecording));
        Fact("presentation", YesOrNo(meeting.IsPresenting));
        Fact("broadcasts", Number(meeting.Broadcasts));
        Fact("media played", Number(meeting.Playbacks));
        if (meeting.RecordingsToFollow > 0)
            Fact("recordings waited for", Number(meeting.RecordingsToFollow));
        if (meeting.FetchesSince is { } since)
            Fact("to be fetched by REST", $"what was made since {At(since)} UTC");
        _page.Add("</dl>");
    }

    private void WriteEvents()
    {
        _page.Heading("Latest events").Table("events", "#number", "type", "time (UTC)", "ago");
        foreach (var happened in details!.Events)
        {
            _page.Add("<tr>").Cell("number", Number(happened.Sequence), "n").Cell("type", Escape(happened.Type))
                .Cell("time (UTC)", At(happened.OccurredAt)).Cell("ago", Ago(happened.OccurredAt, now)).Add("</tr>");
        }

        _page.Add("</tbody></table>");
        if (details.Events.Count == 0)
            _page.Add($"<p>{(details.IsTold ? "None since the room's replica has it." : "Nobody here knows them: only the replica that observes the room does.")}</p>");
    }

    private void WriteGaps()
    {
        _page.Heading("Latest gaps").Table("gaps", "from (UTC)", "to (UTC)", "#length", "reason");
        if (details!.Room is { Status: Contracts.V1.ObservationStatus.Interrupted } open)
            WriteGap(open.StatusSince, to: null, open.Reason);
        foreach (var gap in details.Gaps)
            WriteGap(gap.From, gap.To, gap.Reason);
        _page.Add("</tbody></table>");
        if (details.Gaps.Count == 0)
            _page.Add($"<p>{(details.IsTold ? "None that has ended since the room's replica has it." : "Nobody here knows them: only the replica that observes the room does.")}</p>");
    }

    private void WriteGap(DateTimeOffset from, DateTimeOffset? to, string? reason) => _page.Add("<tr>")
        .Cell("from (UTC)", At(from))
        .Cell("to (UTC)", to is { } end ? At(end) : "<span class=\"bad\">now</span>")
        .Cell("length", Span(((to ?? now) - from).TotalSeconds), "n")
        .Cell("reason", Escape(reason))
        .Add("</tr>");

    private void Fact(string name, string html) => _page.Add($"<div><dt>{name}<dd>{html}</div>");

    private static string YesOrNo(bool value) => value ? "yes" : "no";
}
