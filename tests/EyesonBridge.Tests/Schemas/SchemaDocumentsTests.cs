using System.Text.Json.Nodes;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Schemas;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Schemas;

/// <summary>The documents that are generated, and those of docs/contracts.</summary>
public sealed class SchemaDocumentsTests
{
    private static readonly string Folder = RepositoryRoot.PathTo("docs", "contracts");

    private static readonly IReadOnlyList<SchemaDocument> Documents = SchemaDocuments.Create();

    [Fact]
    public void Create_EveryDocument_IsTheCommittedOne() =>
        Assert.All(
            Documents,
            document => Assert.True(
                string.Equals(document.Text, File.ReadAllText(Path.Combine(Folder, document.File)), StringComparison.Ordinal),
                $"docs/contracts/{document.File} is not what the contracts say now. Write all of them again: dotnet run --project src/EyesonBridge -- schema --write docs/contracts"));

    [Fact]
    public void CommittedFiles_Each_IsOfADocument() =>
        Assert.Equal(
            Documents.Select(document => document.File).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Catalog_EveryMessage_IsOfOneKind() =>
        Assert.Equal(
            Sample.Messages.Keys.Select(type => type.Name).Order(StringComparer.Ordinal),
            Documents.Where(document => document.Kind is SchemaKind.Event or SchemaKind.Command or SchemaKind.Answer).Select(document => document.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Catalog_EveryCommand_IsAnsweredAsDocumented()
    {
        var page = File.ReadAllLines(RepositoryRoot.PathTo("docs", "contracts.md"));

        Assert.All(
            ContractCatalog.Answers,
            pair => Assert.Contains(page, line =>
                line.StartsWith($"| `{pair.Key.Name}` |", StringComparison.Ordinal) && line.EndsWith($"| `{pair.Value.Name}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Comments_OfAnInterface_DescribeTheRecord()
    {
        var properties = Schema("MeetingStarted")["properties"]!;

        Assert.StartsWith("Id of the room at Eyeson.", (string?)properties["roomId"]!["description"], StringComparison.Ordinal);
        Assert.EndsWith("within one `streamId`.", (string?)properties["sequence"]!["description"], StringComparison.Ordinal);
    }

    [Fact]
    public void Enums_Values_AreDescribed() =>
        Assert.Contains("`backfill`: Fetched by REST", (string?)Schema("MeetingStarted")["$defs"]!["EventOrigin"]!["description"], StringComparison.Ordinal);

    private static JsonObject Schema(string name) =>
        JsonNode.Parse(Documents.Single(document => string.Equals(document.Name, name, StringComparison.Ordinal)).Text)!.AsObject();
}
