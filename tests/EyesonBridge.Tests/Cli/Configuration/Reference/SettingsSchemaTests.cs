using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Cli.Configuration.Reference;
using EyesonBridge.Testing.Processes;
using Json.Schema;

namespace EyesonBridge.Tests.Cli.Configuration.Reference;

/// <summary>appsettings.schema.json, as an editor uses it: with a validator that knows nothing of ours.</summary>
public sealed class SettingsSchemaTests
{
    private static readonly string Committed = File.ReadAllText(RepositoryRoot.PathTo("appsettings.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Committed);

    [Fact]
    public void Create_OfTheOptions_IsTheCommittedOne() =>
        Assert.True(
            string.Equals(Committed, SettingsSchema.Create(new SettingComments()), StringComparison.Ordinal),
            "appsettings.schema.json is not what the options say now. Write it again: dotnet run --project src/EyesonBridge -- config docs --write .");

    [Fact(Timeout = 60_000)]
    public async Task Command_Prints_TheCommittedOne()
    {
        var run = await CommandRun.OfAsync("config", "schema");

        Assert.Equal((0, Committed, ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public void File_OfTheRepository_IsValid() =>
        Assert.True(IsValid(File.ReadAllText(RepositoryRoot.PathTo("appsettings.json"))));

    [Theory]
    [InlineData("""{ "$schema": "./appsettings.schema.json", "Eyeson": { "Accounts": { "default": { "ApiKeyFile": "/run/secrets/key" }, "other": { "ApiKey": "x" } } } }""")]
    [InlineData("""{ "Discovery": { "Enabled": true, "Accounts": ["default"] }, "Store": { "Provider": "Postgres", "KeepEndedRooms": "1.00:00:00" } }""")]
    [InlineData("""{ "Logging": { "LogLevel": { "EyesonBridge": "Debug" }, "Console": { "FormatterName": "json" } } }""")]
    public void Settings_ThatAreRight_AreValid(string settings) => Assert.True(IsValid(settings));

    [Theory]
    [InlineData("""{ "Bus": { "Urll": "amqp://broker" } }""")]
    [InlineData("""{ "Eyeson": { "Accounts": { "default": { "Key": "x" } } } }""")]
    [InlineData("""{ "Store": { "Provider": "MySql" } }""")]
    [InlineData("""{ "Outbox": { "MaxBytes": 1 } }""")]
    [InlineData("""{ "Webhook": { "PerSecond": 1000000 } }""")]
    [InlineData("""{ "Observer": { "SilenceTimeout": "7 s" } }""")]
    [InlineData("""{ "Discovery": { "Enabled": "yes" } }""")]
    [InlineData("""{ "Bus": { "Url": null } }""")]
    [InlineData("""{ "Logging": { "LogLevel": { "EyesonBridge": "Loud" } } }""")]
    public void Settings_ThatAreWrong_AreNot(string settings) => Assert.False(IsValid(settings));

    private static bool IsValid(string settings)
    {
        using var document = JsonSerializer.SerializeToDocument(JsonNode.Parse(settings));
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}
