using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Contracts.V1;
using MassTransit;

namespace EyesonBridge.Contracts.Tests;

/// <summary>docs/contracts.md tells the truth about the contracts.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "contracts.md"));

    [Fact]
    public void Page_EveryMessageAndCode_IsNamed()
    {
        var codes = typeof(RejectionCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.All(
            ContractTypes.Messages.Select(type => type.Name).Concat(codes),
            name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_EveryPropertyOfRoomEvent_IsExplained() =>
        Assert.All(
            WireJson.GoldenNode(nameof(RoomLocked)).AsObject(),
            property => Assert.Contains($"| `{property.Key}` |", Page, StringComparison.Ordinal));

    [Theory]
    [InlineData("observe-room", typeof(ObserveRoom), false)]
    [InlineData("stop-observing-room", typeof(StopObservingRoom), false)]
    [InlineData("get-observations", typeof(GetObservations), false)]
    [InlineData("get-observations-request", typeof(GetObservations), true)]
    [InlineData("get-observations-direct-reply", typeof(GetObservations), true)]
    public void Bytes_Command_CanBeRead(string name, Type type, bool isRequest)
    {
        var block = BytesBlock().Matches(Page).Single(match => string.Equals(match.Groups["name"].Value, name, StringComparison.Ordinal));
        var envelope = JsonNode.Parse(block.Groups["json"].Value)!;

        Assert.Equal(MessageUrn.ForTypeString(type), Assert.Single(envelope["messageType"]!.AsArray())!.GetValue<string>());
        Assert.IsType(type, WireJson.Read(envelope["message"]!.ToJsonString(), type));
        Assert.Equal(isRequest, Guid.TryParse(envelope["requestId"]?.GetValue<string>(), out _));
        Assert.Equal(isRequest, Uri.TryCreate(envelope["responseAddress"]?.GetValue<string>(), UriKind.Absolute, out _));
    }

    [Fact]
    public void Envelope_ParticipantJoined_IsTheGoldenOne()
    {
        var envelope = JsonBlock().Matches(Page)
            .Select(match => JsonNode.Parse(match.Groups["json"].Value)!)
            .First(json => json["messageType"]!.AsArray().Count > 1);

        Assert.Equal(MessageTypeCache.GetMessageTypeNames(typeof(ParticipantJoined)), envelope["messageType"]!.AsArray().Select(urn => urn!.GetValue<string>()), StringComparer.Ordinal);
        Assert.Equal(WireJson.Golden(nameof(ParticipantJoined)), envelope["message"]!.ToJsonString(WireJson.Options));
    }

    [GeneratedRegex(@"<!-- bytes: (?<name>[a-z-]+) -->\n```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BytesBlock();

    [GeneratedRegex(@"```json\n(?<json>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonBlock();
}
