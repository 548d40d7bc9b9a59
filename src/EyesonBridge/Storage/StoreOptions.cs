using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Storage;

/// <summary>Where the bridge keeps what it must not forget; section <c>Store</c>.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Store";

    /// <summary>What keeps the bridge's state. Default <c>Sqlite</c>.</summary>
    public StoreProvider Provider { get; set; } = StoreProvider.Sqlite;

    /// <summary>
    /// For SQLite <c>Data Source=PATH</c>; a relative path counts from the folder in which the program is started, and what is missing of its folder is made.
    /// Default <c>data/eyeson-bridge.db</c>. For Postgres as Npgsql reads it: <c>Host=HOST;Database=NAME;Username=NAME</c>, several hosts with commas between.
    /// </summary>
    public string ConnectionString { get; set; } = "Data Source=data/eyeson-bridge.db";

    /// <summary>For Postgres: a file with the password, read whenever the bridge connects. Without it, the password of the connection string counts.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>How long a room is kept after its observation is over. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepEndedRooms { get; set; } = TimeSpan.FromDays(30);
}
