using System.Text;
using System.Text.RegularExpressions;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Storm;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Otlp;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

/// <summary>A whole meeting with everything logged, wrong keys and a broker outage: no secret goes where it does not belong.</summary>
public sealed partial class SecretsTests(PrivateRabbitMqFixture rabbit, ITestOutputHelper output) : FaultTests(rabbit)
{
    private const string WrongKey = "wrong-api-key-7be04a91c2";

    private static readonly string[] LogCategories =
        ["Default", "Microsoft", "Microsoft.Hosting.Lifetime", "MassTransit", "System.Net.Http", "EyesonBridge"];

    /// <summary>In the short form the one with the key in most places: in the URL of the socket, and in the header of REST.</summary>
    public static TheoryData<string> Authentications => StormPlan.Read().IsLong ? ["Query", "Header", "Subprotocol"] : ["Query"];

    [Theory(Timeout = Limit)]
    [MemberData(nameof(Authentications))]
    public async Task Worker_ThroughAMeetingWithFaults_KeepsItsSecrets(string authentication)
    {
        await using var receiver = await OtlpReceiver.StartAsync(Cancellation);
        await using var bench = await SetUpAsync();
        foreach (var (name, value) in receiver.EnvironmentFor("http/protobuf"))
            bench.Settings[name] = value;
        var keyFile = bench.Folder.Combine("key");
        await File.WriteAllTextAsync(keyFile, WrongKey, Cancellation);
        bench.Settings.Remove("Eyeson__Accounts__default__ApiKey");
        bench.Settings["Eyeson__Accounts__default__ApiKeyFile"] = keyFile;
        bench.Settings["Eyeson__Authentication"] = authentication;
        foreach (var category in LogCategories)
            bench.Settings[$"Logging__LogLevel__{category}"] = "Trace";
        await bench.StartReadyAsync(Cancellation);

        var room = await RefuseThenAcceptAsync(bench, keyFile);
        await MeetAsync(bench, room, keyFile);
        var given = await HostAndGuestAsync(bench);
        var poison = await PoisonAsync(bench);
        await bench.TerminateAsync();
        Check(bench, room, given, poison, await receiver.DumpAsync(Cancellation));
    }

    /// <summary>Registers the room with a wrong key, which is refused, and then with the right one.</summary>
    private static async Task<SimulatedRoom> RefuseThenAcceptAsync(Bench bench, string keyFile)
    {
        var room = bench.Simulator.CreateRoom("secret-meeting");
        await using var control = await ControlSender.ConnectAsync(bench.Broker, bench.ControlQueue, Cancellation);
        await control.ObserveAsync(room.Id, Cancellation);
        await bench.Queue.TakeUntilAsync("the rejection", events => events.Any(happened => happened.Type is "ObservationRejected"), Cancellation);
        var ready = await bench.Worker.WhenReadyAsync((_, body) => StatusOf(body, "accounts") is "degraded", Cancellation);
        Assert.Contains("default", DescriptionOf(ready, "accounts"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(keyFile, Bench.ApiKey, Cancellation);
        await control.ObserveAsync(room.Id, Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);
        return room;
    }

    /// <summary>The scripted meeting; the broker goes and comes, the key turns bad and good again.</summary>
    private async Task MeetAsync(Bench bench, SimulatedRoom room, string keyFile)
    {
        var meeting = Task.CompletedTask;
        await WhileAwayAsync(async () =>
        {
            await File.WriteAllTextAsync(keyFile, WrongKey, Cancellation);
            room.Drop(DropKind.Rst);
            await bench.Worker.WhenReadyAsync((_, body) => StatusOf(body, "accounts") is "degraded", Cancellation);
            await File.WriteAllTextAsync(keyFile, Bench.ApiKey, Cancellation);
            await room.WhenSubscribedAsync(1, Cancellation);
            meeting = ScriptedMeeting.RunAsync(room, new ScriptedMeetingOptions { Speed = 5, LateRecording = true }, Cancellation);
            await Pause.UntilAsync(() => room.Sent.Count > 8, Cancellation);
        });
        await meeting;
        await bench.Queue.TakeUntilAsync(
            "both recordings",
            events => events.Where(happened => happened.Type is "RecordingFinished").Select(happened => happened.EventId).Distinct(StringComparer.Ordinal).Count() == 2,
            Cancellation);
    }

    /// <summary>A permalink's meeting with a host and a guest; their tokens, and the access keys that they were given.</summary>
    private static async Task<IReadOnlyList<string>> HostAndGuestAsync(Bench bench)
    {
        var permalink = bench.Simulator.CreatePermalink("Consultation", roomId: "secret-permalink");
        await using var control = await ControlSender.ConnectAsync(bench.Broker, bench.ControlQueue, Cancellation);
        await control.RequestAsync("ObservePermalink", $$"""{"token":"{{permalink.UserToken}}"}""", Cancellation);
        var host = await control.RequestAsync("StartPermalinkMeeting", $$"""{"userToken":"{{permalink.UserToken}}"}""", Cancellation);
        var guest = await control.RequestAsync("RequestGuestUser", $$"""{"guestToken":"{{permalink.GuestToken}}","name":"Maria"}""", Cancellation);
        await bench.Queue.TakeUntilAsync("the permalink's meeting", events => events.Any(happened => happened.Type is "PermalinkMeetingStarted"), Cancellation);
        await control.RequestAsync("StopObservingPermalink", $$"""{"token":"{{permalink.UserToken}}"}""", Cancellation);
        return [permalink.UserToken, permalink.GuestToken, (string)host.Message["accessKey"]!, (string)guest.Message["accessKey"]!];
    }

    /// <summary>A command that cannot be dealt with; what comes of it in the error queue.</summary>
    private static async Task<string> PoisonAsync(Bench bench)
    {
        await using var control = await ControlSender.ConnectAsync(bench.Broker, bench.ControlQueue, Cancellation);
        await control.SendAsync("ObserveRoom", """{"roomId":"no such account","account":"nobody"}""", Cancellation);
        var (body, headers) = await DeadCommands.TakeAsync(bench.Broker, $"{bench.ControlQueue}_error", static _ => true, Cancellation);
        return string.Join(Environment.NewLine, [.. headers.Select(header => $"{header.Key}: {header.Value}"), body]);
    }

    private void Check(Bench bench, SimulatedRoom room, IReadOnlyList<string> given, string poison, string exported)
    {
        var frames = string.Join(Environment.NewLine, room.Sent.Select(sent => sent.Json));
        var events = bench.Queue.Taken;
        HashSet<string> tokens = [.. GuestTokens().Matches(frames).Select(match => match.Groups["secret"].Value)];
        var urls = string.Join(Environment.NewLine, events.Select(happened => happened["downloadUrl"]));
        HashSet<string> signatures = [.. Signatures().Matches(frames + urls).Select(match => match.Groups["secret"].Value)];
        Assert.Single(tokens);
        Assert.InRange(signatures.Count, 3, 3); // a snapshot, a recording, and one that only REST told of

        Assert.All(given, secret => Assert.True(secret.Length > 8));
        List<string> secrets = [Bench.ApiKey, WrongKey, .. tokens, .. signatures, .. given];
        var printed = string.Join(Environment.NewLine, bench.Printed);
        output.WriteLine($"{printed.Length} characters printed, {events.Count} messages, {secrets.Count} secrets");
        Assert.Contains("trce: ", printed, StringComparison.Ordinal);
        AssertHolds(secrets, printed, "what the worker printed");
        AssertHolds(secrets, poison, "the error queue");
        Assert.Contains("process RoomChannel", exported, StringComparison.Ordinal);
        Assert.Contains("eyeson_bridge.outbox.age", exported, StringComparison.Ordinal);
        AssertHolds(secrets, exported, "the exported traces, metrics and logs");
        foreach (var happened in events)
        {
            var text = happened.Text;
            if (happened.Type is "RecordingFinished" or "SnapshotTaken")
                text = DownloadUrls().Replace(text, "");
            AssertHolds(secrets, text, $"a {happened.Type}");
        }
    }

    private static void AssertHolds(List<string> secrets, string text, string where)
    {
        foreach (var secret in secrets)
        {
            string[] disguises = [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(secret)];
            foreach (var disguise in disguises)
            {
                var at = text.IndexOf(disguise, StringComparison.Ordinal);
                Assert.True(at < 0, $"{disguise} in {where}: {(at < 0 ? "" : text[Math.Max(0, at - 300)..at])}");
            }
        }
    }

    [GeneratedRegex("\"guest_token\":\"(?<secret>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GuestTokens();

    [GeneratedRegex("X-Amz-Signature=(?<secret>[0-9a-f]{64})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Signatures();

    [GeneratedRegex("\"downloadUrl\":\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DownloadUrls();
}
