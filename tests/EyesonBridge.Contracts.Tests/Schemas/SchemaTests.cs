using System.Text.Json.Nodes;

namespace EyesonBridge.Contracts.Tests.Schemas;

/// <summary>The schemas of docs/contracts accept what is sent, and nothing that a record could not be read from.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Messages => ContractTypes.MessageNames;

    [Fact]
    public void Schemas_AllMessagesAndTheEnvelope_OneEach() =>
        Assert.Equal(ContractTypes.Messages.Select(type => type.Name).Append("Envelope").Order(StringComparer.Ordinal), CommittedSchemas.Names);

    [Theory, MemberData(nameof(Messages))]
    public void Golden_AgainstItsSchema_IsValid(string name) => Assert.Empty(CommittedSchemas.Problems(name, WireJson.GoldenNode(name)));

    [Theory, MemberData(nameof(Messages))]
    public void Golden_WithoutARequiredProperty_IsInvalid(string name) =>
        Assert.All(
            ContractTypes.Properties(ContractTypes.Named(name)).Where(ContractTypes.IsRequired),
            property => Assert.NotEmpty(CommittedSchemas.Problems(name, Without(WireJson.GoldenNode(name), Wire(property.Name)))));

    [Theory, MemberData(nameof(Messages))]
    public void Golden_WithoutOptionalProperties_IsValid(string name)
    {
        var json = WireJson.GoldenNode(name);
        foreach (var property in ContractTypes.Properties(ContractTypes.Named(name)).Where(property => !ContractTypes.IsRequired(property)))
            Without(json, Wire(property.Name));

        Assert.Empty(CommittedSchemas.Problems(name, json));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Golden_WithNullWhereItIsWritten_IsValid(string name)
    {
        var type = ContractTypes.Named(name);
        var json = WireJson.GoldenNode(name);
        foreach (var property in ContractTypes.Properties(type).Where(property => !ContractTypes.IsRequired(property)))
            json[Wire(property.Name)] = null;

        // Written again as it is sent: what is left out instead of null is then not there.
        Assert.Empty(CommittedSchemas.Problems(name, JsonNode.Parse(WireJson.Write(WireJson.Read(json.ToJsonString(), type)))));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Golden_WithPropertiesOfALaterVersion_IsValid(string name)
    {
        var json = WireJson.GoldenNode(name);
        json["fromTheFuture"] = new JsonObject { ["anything"] = 1 };

        Assert.Empty(CommittedSchemas.Problems(name, json));
    }

    [Theory]
    [InlineData("ParticipantJoined", "eventId", "\"no-uuid\"")]
    [InlineData("ParticipantJoined", "occurredAt", "\"yesterday\"")]
    [InlineData("ParticipantJoined", "origin", "\"Live\"")]
    [InlineData("ParticipantJoined", "origin", "0")]
    [InlineData("ParticipantJoined", "streamId", "null")]
    [InlineData("ParticipantJoined", "sequence", "1.5")]
    [InlineData("ParticipantJoined", "participant", "{}")]
    [InlineData("ObservationResumed", "recovered", """{"ParticipantLeft":"one"}""")]
    [InlineData("ObserveRoom", "confirm", "\"soon\"")]
    public void Golden_WithAValueOfAnotherForm_IsInvalid(string name, string property, string value)
    {
        var json = WireJson.GoldenNode(name);
        json[property] = JsonNode.Parse(value);

        Assert.NotEmpty(CommittedSchemas.Problems(name, json));
    }

    [Theory]
    [InlineData("""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"],"message":{}}""", true)]
    [InlineData("""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"],"requestId":null,"message":{}}""", true)]
    [InlineData("""{"messageType":[],"message":{}}""", false)]
    [InlineData("""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"]}""", false)]
    [InlineData("""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"],"requestId":"1","message":{}}""", false)]
    public void Envelope_AgainstItsSchema_IsAsExpected(string envelope, bool valid) =>
        Assert.Equal(valid, CommittedSchemas.Problems("Envelope", JsonNode.Parse(envelope)).Count == 0);

    private static JsonNode Without(JsonNode json, string property)
    {
        json.AsObject().Remove(property);
        return json;
    }

    private static string Wire(string property) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property);
}
