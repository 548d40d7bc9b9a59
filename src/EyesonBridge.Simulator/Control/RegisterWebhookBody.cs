namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>POST /simulator/webhooks</c>.</summary>
internal sealed record RegisterWebhookBody(Uri Url, IReadOnlyList<string>? Types = null, string? ApiKey = null);
