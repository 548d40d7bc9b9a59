using EyesonBridge.Bus;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Bus;

public sealed class BusOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new BusOptionsValidator(), new BusOptions()));

    [Fact]
    public void Validate_BusSettings_MustMakeSense()
    {
        AssertNames("Bus:Transport", Bus(options => options.Transport = (BusTransport)7));
        AssertNames("Bus:ControlQueue", Bus(options => options.ControlQueue = "my queue"));
        AssertNames("Bus:ControlQueue", Bus(options => options.ControlQueue = ""));
        AssertNames("Bus:KeepFailedCommands", Bus(options => options.KeepFailedCommands = TimeSpan.Zero));
        AssertNames("Bus:ClientKeyFile", Bus(options => options.ClientKeyFile = "key.pem"));
        AssertNames("Bus:ClientCertificateFile", Bus(options => options.ClientCertificateFile = "certificate.pem")); // not with amqp
        AssertNames("Bus:ClientCertificateFile", Bus(options => (options.Url, options.ClientCertificateFile) = ("amqps://broker", "/no/such/file.pem")));
        AssertNames("Bus:PublishTimeout", Bus(options => options.PublishTimeout = TimeSpan.Zero));
    }

    [Theory]
    [InlineData("localhost:5672")]
    [InlineData("http://guest:hunter2@localhost")]
    [InlineData("")]
    public void Validate_BusUrl_MustBeAmqpAndIsNotRepeated(string url)
    {
        var problem = Assert.Single(Bus(options => options.Url = url));

        Assert.StartsWith("Bus:Url", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
        Assert.Empty(Bus(options => (options.Url, options.Transport) = (url, BusTransport.InMemory)));
    }

    private static IReadOnlyList<string> Bus(Action<BusOptions> change)
    {
        var options = new BusOptions();
        change(options);
        return ProblemsOf(new BusOptionsValidator(), options);
    }
}
