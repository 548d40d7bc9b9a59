using EyesonBridge.Hosting;
using Microsoft.Extensions.Configuration;

namespace EyesonBridge.Tests.Tls;

public sealed class PlainTransportTests
{
    [Theory]
    [InlineData("Bus:Url", "amqp://me:hunter2@broker.example.com:5672")]
    [InlineData("Bus:Url", "amqp://me:hunter2@10.1.2.3")]
    [InlineData("Eyeson:Url", "http://eyeson.example.com")]
    [InlineData("Eyeson:Url", "ws://eyeson.example.com")]
    public void Warnings_PlainToAnotherMachine_AreGivenWithoutTheAddress(string setting, string url)
    {
        var warning = Assert.Single(WarningsOf((setting, url)));

        Assert.StartsWith(setting, warning, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bus:Url", "amqps://me:hunter2@broker.example.com")]
    [InlineData("Bus:Url", "amqp://guest:guest@localhost:5672")]
    [InlineData("Bus:Url", "amqp://guest:guest@127.0.0.1")]
    [InlineData("Bus:Url", "amqp://guest:guest@[::1]:5672")]
    [InlineData("Eyeson:Url", "https://api.eyeson.team")]
    [InlineData("Eyeson:Url", "http://localhost:8000")]
    public void Warnings_EncryptedOrOnThisMachine_AreNone(string setting, string url) => Assert.Empty(WarningsOf((setting, url)));

    [Fact]
    public void Warnings_NoBroker_AreNone() => Assert.Empty(WarningsOf(("Bus:Url", "amqp://broker"), ("Bus:Transport", "InMemory")));

    private static IReadOnlyList<string> WarningsOf(params (string Setting, string Value)[] settings) => BridgeOptions.Warnings(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Setting, pair => (string?)pair.Value, StringComparer.Ordinal)).Build());
}
