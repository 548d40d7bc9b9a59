using System.Text;
using System.Text.Json;

namespace EyesonBridge.Simulator.Control;

/// <summary>What the control interface shows.</summary>
internal static class ControlViews
{
    public static object Simulator(EyesonSimulator simulator) => new
    {
        simulator.Url,
        rooms = simulator.Rooms.Count,
        simulator.Counters.HandshakesAccepted,
        simulator.Counters.HandshakesUnauthorized,
        simulator.Counters.HandshakesRefused,
        simulator.Counters.OpenSockets,
        simulator.Counters.TooSlow,
        simulator.Counters.RestRequests,
        permalinks = simulator.Permalinks.Count,
        webhooksSent = simulator.Webhooks.Count,
        webhooksDropped = simulator.Webhooks.Dropped,
        simulator.Faults,
    };

    public static object Room(SimulatedRoom room) => new
    {
        room.Id,
        room.Name,
        room.StartedAt,
        room.Ready,
        room.Locked,
        room.Ended,
        room.Participants,
        room.ActiveRecording,
        room.Observers,
        room.Subscriptions,
        sent = room.Sent.Count,
        room.Faults,
    };

    public static object Sent(SentEvent sent) => new
    {
        sent.Number,
        sent.Type,
        sent.SentAt,
        sent.Observers,
        message = Message(sent.Body.Span),
    };

    public static object Delivery(WebhookDelivery delivery) => new
    {
        delivery.Number,
        delivery.Url,
        delivery.Type,
        delivery.SentAt,
        delivery.Status,
        delivery.Signature,
        message = Message(delivery.Body.Span),
    };

    /// <summary>The body as JSON, or as text when it is none.</summary>
    private static object Message(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }
}
