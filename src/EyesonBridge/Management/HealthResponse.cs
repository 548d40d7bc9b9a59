using System.Text.Json;
using EyesonBridge.Bus;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Writes the outcome of health checks as JSON: which part is well, which is not, and why.</summary>
internal static class HealthResponse
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        var status = report.Entries.Select(entry => StatusOf(entry.Key, entry.Value)).DefaultIfEmpty(HealthStatus.Healthy).Min();
        context.Response.StatusCode = status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        json.WriteStartObject();
        json.WriteString("status", NameOf(status));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(name);
            json.WriteString("status", NameOf(StatusOf(name, entry)));
            if (DescriptionOf(name, entry, context.RequestServices.GetService<BrokerConnection>()) is { Length: > 0 } description)
                json.WriteString("description", description);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>MassTransit says only that there is no connection, and not why.</summary>
    public static string? DescriptionOf(string name, HealthReportEntry entry, BrokerConnection? broker) =>
        entry.Status != HealthStatus.Healthy
        && string.Equals(name, BusServices.HealthCheck, StringComparison.Ordinal)
        && broker?.Problem is { } problem
            ? problem
            : entry.Description;

    /// <summary>MassTransit calls a bus degraded that has lost its broker; ready it is not.</summary>
    public static HealthStatus StatusOf(string name, HealthReportEntry entry) =>
        entry.Status == HealthStatus.Degraded && string.Equals(name, BusServices.HealthCheck, StringComparison.Ordinal)
            ? HealthStatus.Unhealthy
            : entry.Status;

    private static string NameOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
