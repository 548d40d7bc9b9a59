using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Contracts.Tests;

public sealed class GoldenTests
{
    public static TheoryData<string> Messages => ContractTypes.MessageNames;

    public static TheoryData<string> Events => [.. ContractTypes.Events.Select(type => type.Name)];

    [Fact]
    public void GoldenFiles_AllMessages_OneEach() =>
        Assert.Equal(
            ContractTypes.Messages.Select(type => type.Name).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.GetDirectoryName(WireJson.GoldenPath("x"))!)
                .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Messages))]
    public void Serialize_Sample_IsGolden(string name) =>
        Assert.Equal(WireJson.Golden(name), WireJson.Write(Of(name)));

    [Theory, MemberData(nameof(Messages))]
    public void Deserialize_Golden_IsSample(string name)
    {
        // Through JSON: a list inside a record is compared by reference.
        var read = WireJson.Read(WireJson.GoldenNode(name).ToJsonString(), ContractTypes.Named(name));

        Assert.Equal(WireJson.Write(Of(name)), WireJson.Write(read));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Golden_Everywhere_SetsEveryProperty(string name)
    {
        var unset = Walk(WireJson.GoldenNode(name), ContractTypes.Named(name), "$")
            .GroupBy(found => found.Path, StringComparer.Ordinal)
            .Where(found => found.All(one => one.Node is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
            .Select(found => found.Key);

        Assert.Empty(unset);
    }

    [Theory, MemberData(nameof(Messages))]
    public void Deserialize_RequiredOnly_LeavesTheRestNull(string name)
    {
        var type = ContractTypes.Named(name);
        var json = WireJson.GoldenNode(name);
        Visit(json, type, (node, record) =>
        {
            foreach (var property in ContractTypes.Properties(record).Where(property => !ContractTypes.IsRequired(property)))
                node.Remove(Wire(property.Name));
        });

        var read = WireJson.Read(json.ToJsonString(), type);

        Assert.All(
            ContractTypes.Properties(type).Where(property => !ContractTypes.IsRequired(property)),
            property => Assert.Null(property.GetValue(read)));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Deserialize_UnknownPropertiesEverywhere_IgnoresThem(string name)
    {
        var type = ContractTypes.Named(name);
        var json = WireJson.GoldenNode(name);
        Visit(json, type, (node, _) => node["fromTheFuture"] = new JsonObject { ["anything"] = new JsonArray(1, "two") });

        Assert.Equal(WireJson.Golden(name), WireJson.Write(WireJson.Read(json.ToJsonString(), type)));
    }

    [Theory, MemberData(nameof(Events))]
    public void Deserialize_GoldenAsInterface_HasWhatAllEventsHave(string name)
    {
        var sample = (RoomEvent)Of(name);

        var read = JsonSerializer.Deserialize<IRoomEvent>(WireJson.Golden(name), WireJson.Options)!;

        Assert.Equal(
            (sample.EventId, sample.RoomId, sample.MeetingId, sample.Sequence, sample.StreamId, sample.OccurredAt, sample.ObservedAt, sample.Origin, sample.Account),
            (read.EventId, read.RoomId, read.MeetingId, read.Sequence, read.StreamId, read.OccurredAt, read.ObservedAt, read.Origin, read.Account));
    }

    private static object Of(string name) => Sample.Messages[ContractTypes.Named(name)];

    private static string Wire(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    private static void Visit(JsonNode json, Type type, Action<JsonObject, Type> visit)
    {
        visit(json.AsObject(), type);
        foreach (var property in ContractTypes.Properties(type).Where(property => ContractTypes.Records.Contains(ContractTypes.Element(property))))
        {
            JsonNode?[] inside = json[Wire(property.Name)] switch
            {
                JsonArray array => [.. array],
                var node => [node],
            };
            foreach (var node in inside.OfType<JsonObject>())
                Visit(node, ContractTypes.Element(property), visit);
        }
    }

    private static List<(string Path, JsonNode? Node)> Walk(JsonNode json, Type type, string path)
    {
        var found = new List<(string, JsonNode?)>();
        Visit(json, type, (node, record) => found.AddRange(
            ContractTypes.Properties(record).Select(property => ($"{path}/{record.Name}.{property.Name}", node[Wire(property.Name)]))));
        return found;
    }
}
