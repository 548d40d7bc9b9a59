using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class OriginChoiceTests
{
    private const string Url = "amqp://guest:guest@192.0.2.1";

    private static readonly (string, string) Variables = ("EYESONBRIDGE_TEST_BROKER", "EYESONBRIDGE_TEST_RABBITMQ");

    [Theory]
    [InlineData(null, Url, true, "Given", "Container")]
    [InlineData("", Url, false, "Given", "Package")]
    [InlineData(null, "", true, "Container", "Container")]
    [InlineData(null, null, false, "Package", "Package")]
    [InlineData("given", Url, true, "Given", "Container")]
    [InlineData("container", Url, false, "Container", "Container")]
    [InlineData("package", Url, true, "Package", "Package")]
    public async Task Choice_VariablesAndEngine_FirstThatThereIs(string? forced, string? given, bool engine, string shared, string own)
    {
        var choice = new OriginChoice(Variables, forced, given, () => Task.FromResult(engine));

        Assert.Equal((shared, own), ((await choice.SharedAsync()).ToString(), (await choice.PrivateAsync()).ToString()));
    }

    [Theory]
    [InlineData("given", null, "EYESONBRIDGE_TEST_RABBITMQ")]
    [InlineData("docker", Url, "given, container or package")]
    public async Task Choice_VariablesThatDoNotFit_SaysWhatTo(string forced, string? given, string says)
    {
        var choice = new OriginChoice(Variables, forced, given, () => Task.FromResult(true));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(choice.SharedAsync);

        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_Repeated_AsksForTheEngineOnce()
    {
        var asked = 0;
        var choice = new OriginChoice(Variables, null, null, () => Task.FromResult(++asked > 0));

        await choice.SharedAsync();
        await choice.PrivateAsync();

        Assert.Equal(1, asked);
    }
}
