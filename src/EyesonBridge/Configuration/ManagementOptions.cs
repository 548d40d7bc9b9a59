namespace EyesonBridge.Configuration;

/// <summary>The HTTP port for health checks; section <c>Management</c>.</summary>
internal sealed class ManagementOptions
{
    public const string Section = "Management";

    /// <summary>Where to listen. Default <c>http://0.0.0.0:8080</c>; port 0 takes a free one.</summary>
    public string Url { get; set; } = "http://0.0.0.0:8080";
}
