using System.Text.Json.Nodes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>One frame that an observer received.</summary>
internal sealed record ObserverFrame(JsonObject Frame)
{
    /// <summary>The protocol's type; null for an event.</summary>
    public string? Type => (string?)Frame["type"];

    /// <summary>The event, when the frame carries one.</summary>
    public JsonObject? Event => Frame["message"] as JsonObject;

    /// <summary>The type of the event, when the frame carries one.</summary>
    public string? EventType => (string?)Event?["type"];
}
