namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// A file beside the database that holds nothing but room: given back when the disk is full, so that what was published can
/// still be deleted, and taken again when there is room.
/// </summary>
/// <param name="database">Path of the database.</param>
/// <param name="size">Its full size in bytes; 0 for none.</param>
internal sealed class DiskReserve(string database, long size)
{
    private readonly string _path = database + ".reserve";

    /// <summary>Its full size in bytes.</summary>
    public long Size => size;

    /// <summary>True while it has its full size.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What was left by the last run counts.</summary>
    public void Look() => IsWhole = size == 0 || (new FileInfo(_path) is { Exists: true, Length: var length } && length >= size);

    /// <summary>Gives the room back; nothing happens without.</summary>
    public void Release()
    {
        if (size == 0)
            return;

        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return; // what keeps the file from being deleted keeps the database from being written, and that is told
        }

        IsWhole = false;
    }

    /// <summary>Takes room, in place of what is held.</summary>
    /// <param name="bytes">How much; up to its full size.</param>
    public void Take(long bytes)
    {
        if (IsWhole || bytes <= 0)
            return;

        Release();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            PreallocationSize = Math.Min(bytes, size),
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var file = new FileStream(_path, options);
            file.SetLength(options.PreallocationSize);
            IsWhole = file.Length >= size;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            IsWhole = false; // there was less room than it seemed: a later look tries again
        }
    }
}
