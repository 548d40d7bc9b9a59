using System.Net;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Permissions;

/// <summary>A virtual host that does not exist, and users who may not do what is needed: each is told what to do.</summary>
public sealed class RefusedTests(RabbitMqFixture rabbit, RefusedUsers users) : IClassFixture<RefusedUsers>, IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("list")]
    [InlineData("observe", "room")]
    [InlineData("stop", "room")]
    [InlineData("tail")]
    public async Task Command_NoVirtualHost_SaysHowToCreateIt(params string[] arguments)
    {
        var line = (await RunAsync(new Uri(rabbit.Url, "nowhere"), arguments)).AssertFailedWith(1);

        Assert.Contains("no virtual host 'nowhere'", line, StringComparison.Ordinal);
        Assert.Contains("rabbitmqctl add_vhost nowhere", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("observe", "room")]
    [InlineData("stop", "room")]
    [InlineData("tail")]
    public async Task Command_UserNotInTheVirtualHost_SaysHowToLetItIn(params string[] arguments)
    {
        var line = (await RunAsync(users.Outsider, arguments)).AssertFailedWith(1);

        Assert.Contains($"does not let user '{users.Outsider.UserInfo.Split(':')[0]}' into the virtual host '{users.Host}'", line, StringComparison.Ordinal);
        Assert.Contains("set_permissions", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("observe", "room")]
    [InlineData("stop", "room")]
    [InlineData("tail")]
    public async Task Command_UserWithoutRights_NamesThem(params string[] arguments)
    {
        var run = await RunAsync(users.Powerless, arguments);

        Assert.Matches($"may not configure (queue|exchange) '.+' and [0-9]+ more in the virtual host '{users.Host}'", run.AssertFailedWith(1));
        Assert.DoesNotContain(users.Powerless.UserInfo.Split(':')[1], run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_UserWithoutRights_NamesPermissionAndVirtualHost()
    {
        var broker = await rabbit.Server.CreateUserAsync(new Uri(rabbit.Url, users.Host), "reader", ["^$", "^$", ".*"], Cancellation);

        var run = await ProgramRun.OfAsync(Settings(broker), ["doctor"], Cancellation);

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Matches($"^WRONG  broker .*may not configure queue 'refused', write queue 'refused'.* and [0-9]+ more in the virtual host '{users.Host}'", run.Output[1]);
    }

    [Fact]
    public async Task Doctor_UserMayNotPublishOneEvent_NamesIt()
    {
        var host = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("silent"), Cancellation);
        var broker = await rabbit.Server.CreateUserAsync(host, "silent", [".*", "^((?!RecordingFinished).)*$", ".*"], Cancellation);

        var run = await ProgramRun.OfAsync(Settings(broker), ["doctor"], Cancellation);

        Assert.Contains("may not write exchange 'EyesonBridge.Contracts.V1:RecordingFinished' in the virtual host", run.Output[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoVirtualHost_SaysItOnceAndIsNotReadyBecauseOfIt()
    {
        await using var bridge = BridgeProcess.Start(Settings(new Uri(rabbit.Url, "nowhere")));

        await AssertRefusedAsync(bridge, "no virtual host 'nowhere'");
    }

    [Fact]
    public async Task Run_UserWithoutRights_SaysItOnceAndIsNotReadyBecauseOfIt()
    {
        await using var bridge = BridgeProcess.Start(Settings(users.Powerless));

        await AssertRefusedAsync(bridge, "may not configure queue 'refused', write queue 'refused', configure exchange 'refused' and ");
    }

    private static async Task AssertRefusedAsync(BridgeProcess bridge, string says)
    {
        await bridge.WhenReadyAsync(
            (status, health) => status == HttpStatusCode.ServiceUnavailable
                && ((string?)health["checks"]!["bus"]!["description"])?.Contains(says, StringComparison.Ordinal) is true,
            Cancellation);
        await bridge.Output.WhenAsync("an error", lines => lines.Any(IsRefusal), Cancellation);
        Assert.Equal(0, await bridge.TerminateAsync());
        Assert.Single(bridge.Output.Items, IsRefusal);
        Assert.DoesNotContain(bridge.Output.Items, line => line.Contains("   at ", StringComparison.Ordinal));

        bool IsRefusal(string line) => line.Contains("fail: EyesonBridge.Bus.BrokerConnection[6080]", StringComparison.Ordinal) && line.Contains(says, StringComparison.Ordinal);
    }

    private Dictionary<string, string> Settings(Uri broker) =>
        BridgeSettings.For(new Uri("http://127.0.0.1:1"), "some-key", broker, "refused", _folder.Combine("bridge.db"));

    private static Task<ProgramRun> RunAsync(Uri broker, string[] arguments) =>
        ProgramRun.OfAsync(BridgeSettings.ForCommands(broker, "refused"), arguments, Cancellation);
}
