using EyesonBridge.Bus;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Bus;

public sealed class BrokerCredentialsTests
{
    [Theory]
    [InlineData("amqp://broker", "alice", "p@ss:/?#[] %2F", "alice", "p@ss:/?#[] %2F", "/")]
    [InlineData("amqps://broker:5671/meetings", "a/b", "secret", "a/b", "secret", "meetings")]
    [InlineData("amqp://bob:old@broker/%2F", "alice", "secret", "alice", "secret", "/")]
    [InlineData("amqp://bob:o%40ld@broker", "alice", null, "alice", "o@ld", "/")]
    [InlineData("amqp://bob@broker", null, "secret", "bob", "secret", "/")]
    [InlineData("amqp://bob:old@broker", "", "", "bob", "old", "/")]
    public void Url_WithUserAndPasswordBesideIt_NamesThem(string url, string? user, string? password, string expectedUser, string expectedPassword, string expectedHost)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bus:Password"] = password, ["Bus:Url"] = url, ["Bus:Username"] = user };
        var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(BusOptions.Section).Get<BusOptions>()!;

        var factory = new ConnectionFactory { Uri = new Uri(options.Url) };

        Assert.Equal((expectedUser, expectedPassword, expectedHost), (factory.UserName, factory.Password, factory.VirtualHost));
        Assert.Equal("broker", factory.HostName);
        Assert.Equal(new Uri(url).Port, new Uri(options.Url).Port);
        Assert.Empty(ProblemsOf(new BusOptionsValidator(), options));
    }

    [Theory]
    [InlineData("amqp://broker", null, "secret", "Bus:Password needs a user")]
    [InlineData("amqp://broker", "alice", null, "Bus:Username needs a password")]
    public void Validate_OneOfThemAlone_IsAProblem(string url, string? user, string? password, string expected)
    {
        var problem = Assert.Single(ProblemsOf(new BusOptionsValidator(), new BusOptions { Url = url, Username = user, Password = password }));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_AnAddressThatIsNone_IsReportedWithoutThem()
    {
        var problem = Assert.Single(ProblemsOf(new BusOptionsValidator(), new BusOptions { Url = "http://broker", Username = "alice", Password = "hunter2" }));

        Assert.StartsWith("Bus:Url", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }
}
