using System.Globalization;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>What the commands say when they cannot do what they are asked for: one line, and an exit code.</summary>
public sealed class FailuresTests(RabbitMqFixture rabbit)
{
    private static readonly Uri Nobody = new("amqp://guest:guest@127.0.0.1:1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("list")]
    [InlineData("observe", "room")]
    [InlineData("stop", "room")]
    [InlineData("tail")]
    public async Task Command_NoBroker_SaysSo(params string[] arguments)
    {
        var line = (await RunAsync(Nobody, arguments)).AssertFailedWith(1);

        Assert.Contains("No broker answers at 127.0.0.1:1", line, StringComparison.Ordinal);
        Assert.Contains("Bus__Url", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WrongPassword_SaysSoWithoutRepeatingIt()
    {
        var broker = new UriBuilder(rabbit.Url) { Password = "wrong-password" }.Uri;

        var run = await RunAsync(broker, "list");

        Assert.Contains("rejected the user name or password", run.AssertFailedWith(1), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", run.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "list")]
    [InlineData(4, "observe", "room", "--timeout", "4")]
    [InlineData(3.5, "stop", "room", "--timeout", "3.5")]
    public async Task Command_NoBridge_SaysSoInTime(double seconds, params string[] arguments)
    {
        var run = await RunAsync(rabbit.Url, arguments);

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"did not answer within {seconds} s"), run.AssertFailedWith(1), StringComparison.Ordinal);
        Assert.InRange(run.Took, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("list", false)]
    [InlineData("doctor", false)]
    [InlineData("list", true)]
    public async Task Command_PortThatIsSilent_IsToldInTime(string command, bool isFull)
    {
        using var silent = new SilentPort(isFull);

        var run = await RunAsync(silent.Broker, command, "--timeout", "2");

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Matches("does not answer as a broker within 2 s|No broker answers", run.ToString());
        Assert.InRange(run.Took, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task List_BrokenOffBeforeTheAnswer_DoesNotSucceed()
    {
        var settings = BridgeSettings.ForCommands(rabbit.Url, RabbitMqServer.UniqueName("nobodys"));
        await using var list = BridgeProcess.Start(settings, "list");
        await Queues.WhenThereAsync(rabbit.Url, settings["Bus__ControlQueue"], Cancellation); // it declares what it asks over

        Assert.Equal(130, await list.TerminateAsync());
    }

    [Theory]
    [InlineData("tail", "--type", "NoSuchEvent")]
    [InlineData("observe", "room", "--wait-minutes", "0")]
    [InlineData("demo", "--speed", "0")]
    [InlineData("demo", "--permalink", "--speed", "2")]
    public async Task Command_BadValue_IsAUsageError(params string[] arguments) =>
        (await RunAsync(Nobody, arguments)).AssertFailedWith(2);

    [Theory]
    [InlineData("observe")]
    [InlineData("nonsense")]
    [InlineData("list", "--nonsense")]
    [InlineData("observe", "room", "--wait-minutes", "soon")]
    public async Task Command_BadArguments_FailsBeforeAnythingIsTried(params string[] arguments)
    {
        var run = await RunAsync(Nobody, arguments);

        Assert.True(run.ExitCode is 2 && run.Errors.Count > 0, run.ToString());
        Assert.DoesNotContain("No broker", run.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.ToString(), StringComparison.Ordinal);
    }

    private static Task<ProgramRun> RunAsync(Uri broker, params string[] arguments) =>
        ProgramRun.HereAsync(BridgeSettings.ForCommands(broker, RabbitMqServer.UniqueName("nobodys")), arguments, Cancellation);
}
