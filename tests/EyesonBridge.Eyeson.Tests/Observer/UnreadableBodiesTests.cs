using System.Text;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Observer;

/// <summary>Bodies that give no known event: the raw bytes stay, and nothing throws.</summary>
public sealed class UnreadableBodiesTests
{
    [Fact]
    public void Read_UnknownType_KeepsTypeAndRaw()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"reaction","emoji":"👍"}""");
        var expected = body.ToArray();

        var read = Assert.IsType<UnknownEvent>(ObserverEventReader.Read(body));
        Array.Clear(body);

        Assert.Equal("reaction", read.Type);
        Assert.Equal(expected, read.Raw.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("\"chat\"")]
    [InlineData("""[{"type":"chat"}]""")]
    [InlineData("{}")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"content":"x"}""")]
    [InlineData("hello")]
    public void Read_NoObjectWithAType_GivesUnreadableWithoutType(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var expected = body.ToArray();

        var read = Assert.IsType<UnreadableEvent>(ObserverEventReader.Read(body));
        Array.Clear(body);

        Assert.Null(read.Type);
        Assert.Equal(expected, read.Raw.ToArray());
        Assert.NotEmpty(read.Problem);
    }

    [Theory]
    [InlineData("""{"type":"chat",""")]
    [InlineData("""{"type":"chat"} {}""")]
    [InlineData("""{"type":"chat"},""")]
    [InlineData("""{"type":"chat","content":"\u12"}""")]
    [InlineData("""{"type":"chat","content":NaN}""")]
    [InlineData("""{"type":"chat","\ud83d":7}""")]
    public void Read_BrokenAfterTheType_GivesUnreadableWithType(string json) =>
        Assert.Equal("chat", Samples.Parse<UnreadableEvent>(json).Type);

    [Theory]
    [InlineData("""{"type":"participant_update","participant":"SECRET"}""")]
    [InlineData("""{"type":"room_update","content":["SECRET"]}""")]
    [InlineData("""{"type":"broadcasts_update","broadcasts":{"a":"SECRET"}}""")]
    [InlineData("""{"type":"broadcasts_update","broadcasts":["SECRET"]}""")]
    [InlineData("""{"type":"playback_update","playing":[null]}""")]
    [InlineData("""{"type":"snapshot_update","snapshots":7}""")]
    public void Read_MainMemberOfAnotherShape_GivesUnreadableThatSaysWhere(string json)
    {
        var read = Samples.Parse<UnreadableEvent>(json);

        Assert.NotNull(read.Type);
        Assert.Contains("$.", read.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", read.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"chat","content":""")]
    [InlineData("""{"type":"options_update","options":{"layout_map":""")]
    [InlineData("""{"type":"something","x":""")]
    public void Read_NestedVeryDeeply_GivesUnreadable(string start) =>
        Samples.Parse<UnreadableEvent>(start + new string('[', 100_000) + new string(']', 100_000) + "}}");

    [Fact]
    public void Read_RecordsInsideRecordsVeryDeeply_GivesUnreadable()
    {
        var json = new StringBuilder("""{"type":"recording_update","recording":{""");
        for (var i = 0; i < 50_000; i++)
            json.Append("""
                "room":{"recording":{
                """);

        Samples.Parse<UnreadableEvent>(json.ToString());
    }

    [Fact]
    public void Read_InvalidUtf8_GivesUnreadable()
    {
        byte[] body = [.. "{\"type\":\"chat\",\"content\":\""u8, 0xff, 0xc0, .. "\"}"u8];

        Assert.Equal(body, Assert.IsType<UnreadableEvent>(ObserverEventReader.Read(body)).Raw.ToArray());
    }

    [Fact]
    public void Read_EverySampleCutAtEveryByte_NeverThrows()
    {
        foreach (var file in Directory.GetFiles(Samples.Folder, "*.json"))
        {
            var body = File.ReadAllBytes(file).AsMemory().TrimEnd("\r\n \t"u8.ToArray());
            for (var length = 0; length < body.Length; length++)
                Assert.IsType<UnreadableEvent>(ObserverEventReader.Read(body[..length]));
        }
    }

    [Fact]
    public void Read_EverySampleWithAnyByteChanged_NeverThrows()
    {
        var random = new Random(20260101);
        foreach (var file in Directory.GetFiles(Samples.Folder, "*.json"))
        {
            var body = File.ReadAllBytes(file);
            for (var i = 0; i < 2_000; i++)
            {
                var at = random.Next(body.Length);
                var before = body[at];
                body[at] = (byte)random.Next(256);
                Assert.NotNull(ObserverEventReader.Read(body));
                body[at] = before;
            }
        }
    }
}
