using System.IO.Compression;
using System.Xml.Linq;

namespace EyesonBridge.Integration.Tests.Packages;

/// <summary>A package as it lies in a folder.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly XElement _metadata;

    public Package(string file)
    {
        _archive = ZipFile.OpenRead(file);
        using var manifest = _archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        var root = XDocument.Load(manifest).Root!;
        _metadata = root.Element(root.Name.Namespace + "metadata")!;
    }

    public string Id => Text("id")!;

    public string Version => Text("version")!;

    /// <summary>The files inside that are not about the package.</summary>
    public IEnumerable<string> Files => _archive.Entries.Select(entry => entry.FullName);

    public XElement? Element(string name) => _metadata.Element(_metadata.Name.Namespace + name);

    public string? Text(string name) => (string?)Element(name);

    /// <summary>What has to come with it, for each framework.</summary>
    public IReadOnlyList<string> Dependencies =>
        [.. _metadata.Descendants(_metadata.Name.Namespace + "dependency").Select(dependency => (string)dependency.Attribute("id")!)];

    public string Read(string file)
    {
        using var reader = new StreamReader(_archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    public MemoryStream Open(string file)
    {
        using var content = _archive.GetEntry(file)!.Open();
        var copy = new MemoryStream();
        content.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    public void Dispose() => _archive.Dispose();
}
