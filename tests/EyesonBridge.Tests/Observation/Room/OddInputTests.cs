using System.Globalization;
using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>What is no message of the protocol, or none that can be read, costs one event and not the room.</summary>
public sealed class OddInputTests
{
    private const int MaxFrame = 64 * 1024;
    private static readonly SimulatedUser Ann = new("ann", "Ann");

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "an unknown type", """{"type":"newer_update","guest_token":"secret-token"}""" },
        { "no type", """{"some":"thing"}""" },
        { "another shape", """{"type":"participant_update","participant":[1,2]}""" },
        { "no object", "[1]" },
        { "nested deeply", string.Concat("""{"type":"custom","content":""", new string('[', 60), new string(']', 60), "}").Replace("\"custom\"", "\"deep\"", StringComparison.Ordinal) },
    };

    public static TheoryData<string, byte[]> Frames { get; } = new()
    {
        { "no JSON", "{"u8.ToArray() },
        { "nothing", [] },
        { "nested too deeply", Encoding.UTF8.GetBytes(new string('[', 10_000)) },
        { "over the limit", Encoding.UTF8.GetBytes(Frame($$"""{"type":"chat","content":"{{new string('x', 2 * MaxFrame)}}"}""")) },
    };

    [Theory(Timeout = ObservationBench.Timeout)]
    [MemberData(nameof(Bodies))]
    public async Task Body_ThatCannotBeRead_IsPassedOnOnceAndTheRoomGoesOn(string name, string body)
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        meeting.SendRaw(body);
        meeting.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>();

        var unrecognized = Assert.Single((await bridge.EventsAsync()).OfType<UnrecognizedEvent>());
        Assert.DoesNotContain("secret-token", unrecognized.Raw, StringComparison.Ordinal);
        Assert.NotEmpty(name);
        await bridge.AssertSoundAsync();
    }

    [Theory(Timeout = ObservationBench.Timeout)]
    [MemberData(nameof(Frames))]
    public async Task Frame_ThatCannotBeRead_IsPassedOnOnceAndTheRoomGoesOn(string name, byte[] frame)
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.MaxFrameBytes = MaxFrame;
        var meeting = await bridge.ObserveAsync();

        meeting.SendFrame(frame, fragments: frame.Length > MaxFrame ? 3 : 1);
        meeting.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>();

        var unrecognized = Assert.Single((await bridge.EventsAsync()).OfType<UnrecognizedEvent>());
        Assert.Equal(frame.Length > MaxFrame, unrecognized.Truncated);
        Assert.NotEmpty(name);
        Assert.Empty((await bridge.EventsAsync()).OfType<ObservationInterrupted>());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Frame_InvalidUtf8_EndsTheConnectionAsWebSocketsDemandAndTheRoomGoesOn()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        meeting.SendFrame(new byte[] { (byte)'"', 0xC3, 0x28, 0xFF, (byte)'"' });
        await bridge.WhenAsync<ObservationResumed>();
        meeting.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>();

        Assert.Single((await bridge.EventsAsync()).OfType<ObservationInterrupted>());
        Assert.Equal(1, bridge.Log.Count(3001));
        await bridge.AssertSoundAsync();
    }

    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData("""{"type":"newer_control"}""")]
    [InlineData("""{"identifier":"{\"channel\":\"Other\"}","message":{"type":"chat"}}""")]
    public async Task Frame_ThatIsNotForTheRoom_IsCountedAndLogged(string frame)
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        meeting.SendFrame(frame);
        meeting.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>();

        Assert.Equal(1, bridge.Log.Count(3019));
        Assert.Empty((await bridge.EventsAsync()).OfType<UnrecognizedEvent>());
    }

    private static string Frame(string body) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"identifier\":\"{{\\\"channel\\\":\\\"RoomChannel\\\"}}\",\"message\":{body}}}");
}
