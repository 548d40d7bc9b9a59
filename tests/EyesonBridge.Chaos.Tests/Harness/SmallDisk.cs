using System.Globalization;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>
/// A file system of a few MiB, in a namespace of its own, so that nobody has to be root. Workers can follow each other on
/// it, and the test sees it too.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const long Endless = 1024L * 1024 * 1024;

    private readonly AttachedProcess _holder;

    private SmallDisk(AttachedProcess holder, string folder)
    {
        _holder = holder;
        Folder = folder;
    }

    /// <summary>Where it is, for a worker.</summary>
    public string Folder { get; }

    /// <summary>Starts a worker where the disk is.</summary>
    public IReadOnlyList<string> Launcher =>
        ["nsenter", "--target", _holder.Id.ToString(CultureInfo.InvariantCulture), "--user", "--mount", "--preserve-credentials"];

    /// <summary>How much of it is free, in bytes.</summary>
    public long Free => new DriveInfo(Outside("")).AvailableFreeSpace;

    /// <summary>What is on it, for who reads of a failure.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Free} bytes free; {string.Join(", ", new DirectoryInfo(Outside("")).GetFiles().Select(static file => $"{file.Name} {file.Length}").Order(StringComparer.Ordinal))}");

    private string Filler => Outside("/filler");

    /// <summary>Mounts one; null where users may not have namespaces.</summary>
    public static async Task<SmallDisk?> MountAsync(string folder, int mebibytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        const string Script = "mount -t tmpfs -o size=$1m tmpfs \"$0\" && echo mounted && exec cat";
        string[] arguments = ["--user", "--map-root-user", "--mount", "bash", "-c", Script, folder, mebibytes.ToString(CultureInfo.InvariantCulture)];
        var holder = AttachedProcess.Start("unshare", arguments);
        try
        {
            await holder.ReadLineAsync(cancellationToken);
            return new SmallDisk(holder, folder);
        }
        catch (InvalidOperationException)
        {
            await holder.DisposeAsync();
            return null;
        }
    }

    /// <summary>Takes what is free, to the last byte, or all but so much.</summary>
    public void Fill(long allBut = 0)
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var size = 64 * 1024; size > 0; size /= 2)
                FillWith(file, new byte[size], allBut);
        }
        catch (IOException)
        {
            // Not even one byte more.
        }
    }

    /// <summary>Deletes a file on it.</summary>
    public void Delete(string name) => File.Delete(Outside($"/{name}"));

    /// <summary>Gives back what was taken.</summary>
    public void Empty() => File.Delete(Filler);

    public ValueTask DisposeAsync() => _holder.DisposeAsync();

    private void FillWith(FileStream file, byte[] block, long allBut)
    {
        try
        {
            while (file.Length < Endless && (allBut == 0 || Free - block.Length >= allBut))
                file.Write(block);
        }
        catch (IOException) when (block.Length > 1)
        {
            // Smaller ones may fit.
        }
    }

    private string Outside(string path) => string.Create(CultureInfo.InvariantCulture, $"/proc/{_holder.Id}/root{Folder}{path}");
}
