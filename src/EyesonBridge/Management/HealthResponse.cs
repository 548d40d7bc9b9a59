using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Writes the outcome of health checks as JSON: which part is well, which is not, and why.</summary>
internal static class HealthResponse
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", NameOf(report.Status));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            json.WriteString("status", NameOf(entry.Status));
            if (entry.Description is { Length: > 0 } description)
                json.WriteString("description", description);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>A part is well or it is not; whoever asks for readiness has no use for a third answer.</summary>
    private static string NameOf(HealthStatus status) => status == HealthStatus.Healthy ? "healthy" : "unhealthy";
}
