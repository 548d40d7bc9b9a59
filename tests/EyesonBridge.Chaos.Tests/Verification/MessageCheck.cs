using System.Text.Json;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;

namespace EyesonBridge.Chaos.Tests.Verification;

/// <summary>
/// Compares the chat and custom messages that a room sent with those that were published.
/// </summary>
/// <remarks>
/// Eyeson keeps no record of messages, so one that nobody heard is lost; but only inside of a gap that is reported. A
/// socket keeps the order, so what is lost lies between two messages that arrived; a gap must be reported between those
/// two, and the lost message must have been sent in it:
/// <list type="bullet">
/// <item>Not after <c>GapTo</c>: the first frame of the new subscription was sent after everything that was missed, and
/// received at <c>GapTo</c>. No slack.</item>
/// <item>Not before <c>GapFrom</c>, except for the time that frames take: <c>GapFrom</c> is when the last frame was
/// received, and the lost one was sent after that one was sent. How long frames took is known from the last message that
/// arrived (sent at OccurredAt, received at ObservedAt; much, when the worker was frozen or held up); a second is added
/// for a machine that does much else.</item>
/// </list>
/// </remarks>
internal static class MessageCheck
{
    private static readonly TimeSpan Stutter = TimeSpan.FromSeconds(1);

    /// <returns>How many are missing, as they may be.</returns>
    public static int Run(IReadOnlyList<SentEvent> sent, IReadOnlyList<QueuedEvent> events, List<string> problems)
    {
        var arrived = events.Index()
            .Where(entry => entry.Item.Type is "ChatMessageSent" or "CustomMessageSent")
            .ToLookup(entry => entry.Item["content"]!, StringComparer.Ordinal);
        List<SentEvent> messages = [.. sent.Where(message => message.Type is "chat" or "custom")];
        problems.AddRange(arrived.Where(message => message.Count() > 1).Select(message => $"{message.Count()} times: {message.Key}"));
        problems.AddRange(arrived.Select(message => message.Key).Except(messages.Select(ContentOf), StringComparer.Ordinal).Select(content => $"never sent: {content}"));

        var missing = new List<SentEvent>();
        var lost = 0;
        var last = -1;
        foreach (var message in messages)
        {
            if (!arrived.Contains(ContentOf(message)))
            {
                missing.Add(message);
                continue;
            }

            var (at, happened) = arrived[ContentOf(message)].First();
            if (at < last)
                problems.Add($"overtaken: {happened}");
            CheckRun(missing, events, last, at, problems);
            lost += missing.Count;
            missing.Clear();
            last = at;
        }

        problems.AddRange(missing.Select(message => $"never arrived, and none after it: {message.Json}"));
        return lost;
    }

    private static void CheckRun(List<SentEvent> missing, IReadOnlyList<QueuedEvent> events, int after, int before, List<string> problems)
    {
        if (missing.Count == 0)
            return;

        var transit = after < 0 ? TimeSpan.Zero : events[after].ObservedAt - events[after].OccurredAt;
        List<QueuedEvent> gaps = [.. events.Take(before).Skip(after + 1).Where(happened => happened.Type is "ObservationResumed")];
        problems.AddRange(missing
            .Where(message => !gaps.Exists(gap => gap.Time("gapFrom") - transit - Stutter <= message.SentAt && message.SentAt <= gap.Time("gapTo")))
            .Select(message => $"lost outside of a gap, sent at {message.SentAt:O} to {message.Observers} observers: {message.Json}; the gaps there: {string.Join("; ", gaps)}"));
    }

    private static string ContentOf(SentEvent message)
    {
        using var body = JsonDocument.Parse(message.Body);
        return body.RootElement.GetProperty("content").GetString()!;
    }
}
