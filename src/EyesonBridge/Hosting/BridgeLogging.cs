using Microsoft.Extensions.Logging.Console;

namespace EyesonBridge.Hosting;

/// <summary>Where logs go: to the console, a line each, as JSON in a container.</summary>
internal static class BridgeLogging
{
    private const int MostWaiting = 10_000;
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>Adds the console.</summary>
    public static void Add(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConsole(console =>
        {
            console.FormatterName = FormatterOf(configuration);
            console.MaxQueueLength = LoggingSettings.MaxQueueLengthOf(configuration) ?? MostWaiting;
            // Who does not read the output must not hold up the events.
            console.QueueFullMode = LoggingSettings.QueueFullModeOf(configuration) ?? ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = TimestampFormat;
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = TimestampFormat.TrimEnd();
        });
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None); // each probe would log what its answer says
    }

    /// <summary>What the settings say; otherwise JSON in a container, and text for people.</summary>
    public static string FormatterOf(IConfiguration configuration) =>
        LoggingSettings.FormatterOf(configuration) is { } chosen ? chosen
        : configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER") ? ConsoleFormatterNames.Json
        : ConsoleFormatterNames.Simple;
}
