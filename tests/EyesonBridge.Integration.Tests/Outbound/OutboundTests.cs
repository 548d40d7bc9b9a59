using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Otlp;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Outbound;

/// <summary>Whom the worker connects to.</summary>
public sealed partial class OutboundTests(RabbitMqFixture rabbit)
{
    private const string ApiKey = "outbound-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_FromStartToEnd_ConnectsToNobodyButBrokerEyesonAndCollector()
    {
        await using var collector = await OtlpReceiver.StartAsync(Cancellation);
        await using var eyeson = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        using var environment = new WorkerEnvironment(eyeson.Url, ApiKey, rabbit.Url, "outbound");
        var told = environment.Folder.Combine("outbound");
        environment.Settings["DOTNET_STARTUP_HOOKS"] = typeof(OutboundTests).Assembly.Location;
        environment.Settings["EYESONBRIDGE_TEST_OUTBOUND"] = told;
        environment.Settings["Discovery__Enabled"] = "true";
        foreach (var (name, value) in collector.EnvironmentFor("http/protobuf"))
            environment.Settings[name] = value;

        await using (var bridge = await environment.StartReadyAsync(Cancellation))
        {
            await using var events = await EventCollector.StartAsync(rabbit.Url, nameof(IRoomEvent), Cancellation);
            await using var control = await environment.ConnectAsync(Cancellation);
            var room = eyeson.CreateRoom(RabbitMqServer.UniqueName("outbound"));
            await control.ObserveAsync(room.Id, Cancellation);
            await events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
            await collector.WhenTraceAsync("""name = "process RoomChannel" """, trace => trace.Count > 0, Cancellation);
            Assert.Equal(0, await bridge.TerminateAsync()); // MassTransit would report its use now, or after five minutes
        }

        var lines = await File.ReadAllLinesAsync(told, Cancellation);
        int[] known = [rabbit.Url.Port, eyeson.Url.Port, collector.HttpEndpoint.Port];
        Assert.Equal(known.Order(), lines.Select(AddressOf).OfType<IPEndPoint>().Select(LocalPortOf).Distinct().Order());
        Assert.All(lines.Select(NameOf).OfType<string>(), name => Assert.True(name is "localhost" or "127.0.0.1", name));
    }

    private static int LocalPortOf(IPEndPoint address)
    {
        Assert.True(IPAddress.IsLoopback(address.Address), address.ToString());
        return address.Port;
    }

    private static string? NameOf(string line) =>
        line.StartsWith("ResolutionStart ", StringComparison.Ordinal) ? line["ResolutionStart ".Length..] : null;

    /// <summary>The address of a socket as .NET tells it: <c>InterNetwork:16:{31,144,127,0,0,1,…}</c>, without the family's two bytes.</summary>
    private static IPEndPoint? AddressOf(string line)
    {
        if (SocketAddress().Match(line) is not { Success: true } match)
            return null;

        var bytes = match.Groups["bytes"].Value.Split(',').Select(text => byte.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var address = match.Groups["six"].Success ? new IPAddress(bytes.AsSpan(6, 16)) : new IPAddress(bytes.AsSpan(2, 4));
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, (bytes[0] << 8) | bytes[1]);
    }

    [GeneratedRegex("^ConnectStart InterNetwork(?<six>V6)?:[0-9]+:\\{(?<bytes>[0-9,]+)\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SocketAddress();
}
