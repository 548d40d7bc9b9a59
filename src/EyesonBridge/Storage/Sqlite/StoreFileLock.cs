using System.Globalization;
using System.Text;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// The right to be the only bridge on a database: a lock of the operating system on a file beside it, which ends with the
/// process however that ends. The file itself stays; what counts is the lock. It notes the stream of the database that was here
/// last: a database with another one was restored, or moved here.
/// </summary>
internal sealed class StoreFileLock : IDisposable
{
    /// <summary>What the name of its file ends with, after that of the database.</summary>
    public const string Ending = ".lock";

    private const int SharingViolation = unchecked((int)0x80070020); // Windows
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMacOS = 35;

    private readonly FileStream _file;
    private readonly string? _place;

    private StoreFileLock(FileStream file)
    {
        _file = file;
        _place = Place();
    }

    /// <summary>True when the file is no longer at its path, so that another process could lock another one there.</summary>
    public bool IsMoved => !string.Equals(Place(), _place, StringComparison.Ordinal);

    /// <summary>Takes the lock for the database at <paramref name="path"/>.</summary>
    /// <exception cref="StoreException">Another process has it, or the file cannot be written.</exception>
    public static StoreFileLock Acquire(string path)
    {
        var lockPath = path + Ending;
        try
        {
            return new StoreFileLock(StoreFiles.Open(lockPath, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is SharingViolation or WouldBlockLinux or WouldBlockMacOS)
        {
            throw new StoreException(
                $"The store {path} is in use by another EyesonBridge process. Stop that process, or give this one its own store (several replicas need PostgreSQL).",
                exception)
            {
                IsInUse = true,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"Cannot write {lockPath}, which guards the store: {exception.Message} Make the folder writable for the user that the bridge runs as, and check that the disk is not full.",
                exception);
        }
    }

    /// <summary>What was noted last; empty when nothing was.</summary>
    public string ReadNote()
    {
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        return reader.ReadToEnd();
    }

    /// <summary>Notes something in place of what was noted, on disk when this returns.</summary>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public void Note(string text)
    {
        try
        {
            var note = Encoding.UTF8.GetBytes(text);
            _file.Position = 0;
            _file.Write(note); // over what is there: a disk without room still has that
            _file.SetLength(note.Length);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new StoreException($"Cannot write {_file.Name}: {exception.Message} Check that the disk is not full.", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Where the system has the file; null when it does not say.</summary>
    private string? Place() => OperatingSystem.IsLinux()
        ? new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_file.SafeFileHandle.DangerousGetHandle()}")).LinkTarget
        : null;
}
