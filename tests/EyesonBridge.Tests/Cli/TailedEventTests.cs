using System.Text.Json;
using EyesonBridge.Cli;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Cli;

public sealed class TailedEventTests
{
    private const string Signature = "X-Amz-Signature=0123456789abcdef";
    private const string Signed = "https://fs.eyeson.test/m/r.webm?X-Amz-Algorithm=AWS4&" + Signature;

    public static TheoryData<string> Types => [.. EventNames.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void ToLine_EveryEvent_IsOneReadableLine(string type)
    {
        var line = Line((RoomEvent)Sample.Messages.Single(message => string.Equals(message.Key.Name, type, StringComparison.Ordinal)).Value);

        Assert.DoesNotContain('\n', line);
        Assert.Contains($"  {Sample.RoomId}  #", line, StringComparison.Ordinal);
        Assert.Contains(type, line, StringComparison.Ordinal);
    }

    [Fact]
    public void ToLine_Event_SaysWhenWhereAndWhat() =>
        Assert.Equal(
            $"09:48:34.612  {Sample.RoomId}  #3    ParticipantJoined      participant: Observer",
            Line((RoomEvent)Sample.Messages[typeof(ParticipantJoined)]));

    [Fact]
    public void ToLine_NotLive_SaysSo() =>
        Assert.EndsWith(" (backfill)", Line((RoomEvent)Sample.Messages[typeof(RecordingFinished)]), StringComparison.Ordinal);

    [Fact]
    public void ToLine_SignedUrlAnywhere_IsShownWithoutItsQuery()
    {
        var chat = (ChatMessageSent)Sample.Messages[typeof(ChatMessageSent)];
        var playback = (PlaybackStarted)Sample.Messages[typeof(PlaybackStarted)];
        RoomEvent[] events =
        [
            (RecordingFinished)Sample.Messages[typeof(RecordingFinished)] with { DownloadUrl = Signed },
            (SnapshotTaken)Sample.Messages[typeof(SnapshotTaken)] with { DownloadUrl = Signed },
            playback with { Playback = playback.Playback with { Name = null, Url = Signed } },
            playback with { Playback = playback.Playback with { Name = Signed } },
            chat with { Content = Signed },
            chat with { Content = Signed.Replace("https", "HTTPS", StringComparison.Ordinal) },
            chat with { Content = "see " + Signed },
            (LayoutChanged)Sample.Messages[typeof(LayoutChanged)] with { Changed = [Signed] },
        ];

        Assert.All(events, happened => Assert.DoesNotContain("X-Amz", Line(happened), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void ToLine_LongText_IsCut()
    {
        var line = Line((ChatMessageSent)Sample.Messages[typeof(ChatMessageSent)] with { Content = new string('x', 10_000) });

        Assert.True(line.Length < 250);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ToLine_TextWithControlCharacters_CannotReachTheTerminal()
    {
        var line = Line((ChatMessageSent)Sample.Messages[typeof(ChatMessageSent)] with { Content = "one\ntwo\u001b[2J" });

        Assert.DoesNotContain(line, char.IsControl);
    }

    [Fact]
    public void ToLine_MessageWithoutAnything_DoesNotFail() =>
        Assert.Contains("Newer", new TailedEvent("Newer", JsonSerializer.SerializeToElement(new { })).ToLine(), StringComparison.Ordinal);

    [Fact]
    public void ToJsonLine_Event_IsTheWholeMessageInOneLine()
    {
        var chat = (ChatMessageSent)Sample.Messages[typeof(ChatMessageSent)] with { Content = "one\ntwo" };

        var line = Tailed(chat).ToJsonLine();

        Assert.DoesNotContain('\n', line);
        using var json = JsonDocument.Parse(line);
        Assert.Equal("ChatMessageSent", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(chat, EventSerializer.Read("ChatMessageSent", JsonSerializer.SerializeToUtf8Bytes(json.RootElement.GetProperty("message"))));
    }

    private static string Line(RoomEvent happened) => Tailed(happened).ToLine();

    private static TailedEvent Tailed(RoomEvent happened)
    {
        using var json = JsonDocument.Parse(EventSerializer.Write(happened));
        return new TailedEvent(happened.GetType().Name, json.RootElement.Clone());
    }
}
