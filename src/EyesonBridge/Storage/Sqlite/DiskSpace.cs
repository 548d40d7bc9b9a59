namespace EyesonBridge.Storage.Sqlite;

/// <summary>The size of a file system, and what is free in it for this user, in bytes.</summary>
internal readonly record struct DiskSpace(long Total, long Free)
{
    /// <summary>That of the file system with this folder; null when it does not say.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            var drive = new DriveInfo(folder);
            return drive.TotalSize > 0 ? new DiskSpace(drive.TotalSize, drive.AvailableFreeSpace) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
