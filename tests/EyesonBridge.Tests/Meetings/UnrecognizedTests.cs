using System.Text;
using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Meetings;

public sealed class UnrecognizedTests
{
    private const int MaxLength = 16_384;

    [Fact]
    public void Apply_UnknownType_PassesTheTextOn()
    {
        const string Body = """{"type":"hand_raised","user":{"id":"a","name":"Änne"}}""";

        var unrecognized = new ObservedRoom().HearOne<UnrecognizedEvent>(Body);

        Assert.Equal("hand_raised", unrecognized.WireType);
        Assert.Equal(Body, unrecognized.Raw);
        Assert.False(unrecognized.Truncated);
        Assert.Null(unrecognized.Problem);
    }

    [Theory]
    [InlineData("not JSON", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("""{"type":7}""", null)]
    [InlineData("""{"type":"chat","content":"hi"} more""", "chat")]
    [InlineData("""{"type":"podium_update","podium":"x"}""", "podium_update")]
    [InlineData("""{"type":"room_update","content":7}""", "room_update")]
    [InlineData("""{"type":"room_update"}""", "room_update")]
    [InlineData("""{"type":"participant_update"}""", "participant_update")]
    [InlineData("""{"type":"participant_update","participant":null}""", "participant_update")]
    [InlineData("""{"type":"participant_update","participant":{"name":"Ann","online":true}}""", "participant_update")]
    [InlineData("""{"type":"recording_update","recording":{"duration":5}}""", "recording_update")]
    [InlineData("""{"type":"broadcasts_update"}""", "broadcasts_update")]
    [InlineData("""{"type":"options_update","options":null}""", "options_update")]
    [InlineData("""{"type":"snapshot_update"}""", "snapshot_update")]
    [InlineData("""{"type":"chat"}""", "chat")]
    [InlineData("""{"type":"custom","content":null}""", "custom")]
    [InlineData("""{"type":"playback_update"}""", "playback_update")]
    [InlineData("""{"type":"podium_update","layers":[]}""", "podium_update")]
    [InlineData("""{"type":"lock","locked":"maybe"}""", "lock")]
    public void Apply_UnreadableOrWithoutItsMember_SaysSoAndChangesNothing(string body, string? type)
    {
        var room = ObservedRoom.After(Bodies.Full);
        var before = room.State;

        var unrecognized = room.HearOne<UnrecognizedEvent>(body);

        Assert.Equal(type, unrecognized.WireType);
        Assert.Equal(body, unrecognized.Raw);
        Assert.False(string.IsNullOrEmpty(unrecognized.Problem));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_BytesThatAreNoText_PassesOnWhatIsReadable() =>
        Assert.Equal("a\uFFFDb", Assert.IsType<UnrecognizedEvent>(Assert.Single(new ObservedRoom().Hear([0x61, 0xFF, 0x62]))).Raw);

    [Theory]
    [InlineData(MaxLength, MaxLength, false)]
    [InlineData(MaxLength + 1, MaxLength, true)]
    [InlineData(1_000_000, MaxLength, true)]
    public void Apply_LongText_IsCutAtTheLimit(int length, int expected, bool truncated)
    {
        var unrecognized = new ObservedRoom().HearOne<UnrecognizedEvent>(new string('x', length));

        Assert.Equal(expected, unrecognized.Raw.Length);
        Assert.Equal(truncated, unrecognized.Truncated);
    }

    [Fact]
    public void Apply_CutInsideACharacterOfTwoHalves_LeavesItOut()
    {
        var unrecognized = new ObservedRoom().HearOne<UnrecognizedEvent>(new string('x', MaxLength - 1) + "😀");

        Assert.Equal(MaxLength - 1, unrecognized.Raw.Length);
        Assert.True(unrecognized.Truncated);
    }

    [Theory]
    [InlineData("""{"guest_token":"SECRET"}""", """{"guest_token":"***"}""")]
    [InlineData("""{"token" : "SECRET","a":"b"}""", """{"token" : "***","a":"b"}""")]
    [InlineData("""{"GuestToken":"SEC\"RET","accessKey":"SECRET","api_key":"SECRET"}""", """{"GuestToken":"***","accessKey":"***","api_key":"***"}""")]
    [InlineData("""{"x-auth-token":"SECRET","Authorization":"SECRET","password":"SECRET"}""", """{"x-auth-token":"***","Authorization":"***","password":"***"}""")]
    [InlineData("""{"user_token":4711,"access_key":SECRET}""", """{"user_token":***,"access_key":***}""")]
    [InlineData("""{"guest_token":null,"tokens":3}""", """{"guest_token":null,"tokens":3}""")]
    [InlineData("""{"guest_token":"SECR""", """{"guest_token":"***""")]
    [InlineData("""{"guest_token":"SECR\""", """{"guest_token":"***\""")]
    [InlineData("{\"guest_token\":\"SEC\\\nRET\"}", """{"guest_token":"***"}""")]
    [InlineData("""{"guest_token":""", """{"guest_token":""")]
    [InlineData("""{"guest_tok""", """{"guest_tok""")]
    [InlineData("""{"body":"{\"guest_token\":\"SECRET\",\"a\":1}"}""", """{"body":"{\"guest_token\":\"***\",\"a\":1}"}""")]
    [InlineData("""{"body":"{\"b\":\"{\\\"token\\\":\\\"SECRET\\\"}\"}"}""", """{"body":"{\"b\":\"{\\\"token\\\":\\\"***\\\"}\"}"}""")]
    [InlineData("""{"links":{"self":"https://api.eyeson.team/r/1","download":"https://fs.eyeson.com/SECRET"}}""", """{"links":{"self":"https://api.eyeson.team/r/1","download":"***"}}""")]
    [InlineData("""{"file":"https://fs.eyeson.com/m.webm?X-Amz-Signature=SECRET&a=b","c":1}""", """{"file":"https://fs.eyeson.com/m.webm?***","c":1}""")]
    [InlineData("""{"file":"https:\/\/fs.eyeson.com\/m.webm?a=b\u0026X-Amz-Credential=SECRET"}""", """{"file":"https:\/\/fs.eyeson.com\/m.webm?***"}""")]
    [InlineData("""{"file":"https://fs.eyeson.com/m.webm?X-Amz-Sig""", """{"file":"https://fs.eyeson.com/m.webm?***""")]
    [InlineData("""{"gui":"https://app.eyeson.team/?SECRET","guest_link":"https://app.eyeson.team/?guest=SECRET"}""", """{"gui":"https://app.eyeson.team/?***","guest_link":"https://app.eyeson.team/?***"}""")]
    [InlineData("""{"socket":"wss://api.eyeson.team/rt?room_id=r&api_key=SECRET"}""", """{"socket":"wss://api.eyeson.team/rt?***"}""")]
    [InlineData("GET https://example.com/?token=SECRET HTTP/1.1", "GET https://example.com/?*** HTTP/1.1")]
    public void Apply_SecretsInTheText_AreBlankedOut(string body, string expected)
    {
        var unrecognized = new ObservedRoom().HearOne<UnrecognizedEvent>(body);

        Assert.Equal(expected, unrecognized.Raw);
        Assert.DoesNotContain("SEC", unrecognized.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SecretThatTheCutWouldHalve_IsBlankedOut()
    {
        for (var room = 0; room < 40; room++)
        {
            var body = new string('x', MaxLength - room) + "\"guest_token\":\"" + new string('S', 200) + "\"";
            Assert.DoesNotContain("SS", new ObservedRoom().HearOne<UnrecognizedEvent>(body).Raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Apply_HugeSecret_IsBlankedOutThoughItsEndIsNotRead()
    {
        var unrecognized = new ObservedRoom().HearOne<UnrecognizedEvent>("""{"guest_token":" """.TrimEnd() + new string('S', 500_000) + "\"}");

        Assert.Equal("""{"guest_token":"***""", unrecognized.Raw);
        Assert.True(unrecognized.Truncated);
    }

    [Fact]
    public void Apply_DocumentedSampleOfAnUnknownType_LeaksNothing()
    {
        string[] samples = ["room_update", "recording_update", "snapshot_update", "broadcasts_update", "presentation_update"];
        foreach (var sample in samples)
        {
            var body = Encoding.UTF8.GetString(Bodies.Sample(sample)).Replace($"\"{sample}\"", "\"newer\"", StringComparison.Ordinal);
            var raw = new ObservedRoom().HearOne<UnrecognizedEvent>(body).Raw;

            Assert.DoesNotContain("jCWzhzCWONkbIubUYF7PD3hP", raw, StringComparison.Ordinal);
            Assert.DoesNotContain("X-Amz", raw, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Apply_GuestTokenOfTheRoomUnderAnyName_IsBlankedOut()
    {
        const string GuestToken = "jCWzhzCWONkbIubUYF7PD3hP";
        var room = new ObservedRoom();
        room.Hear(Bodies.Sample("room_update"));

        var raw = room.HearOne<UnrecognizedEvent>($$"""{"type":"newer","invite":"ask at /join/{{GuestToken}} or with {{GuestToken}}"}""").Raw;

        Assert.Equal("""{"type":"newer","invite":"ask at /join/*** or with ***"}""", raw);
    }

    [Theory]
    [InlineData("""{"type":"newer","a":"account-key","b":"?k=account-key&c"}""", """{"type":"newer","a":"***","b":"?k=***&c"}""")]
    [InlineData("""{"type":"newer","who":"access/key\u002B1 access/key+1 access%2Fkey%2B1"}""", """{"type":"newer","who":"*** *** ***"}""")]
    [InlineData("""{"type":"newer","who":"key of another room"}""", """{"type":"newer","who":"key of another room"}""")]
    [InlineData("""{"type":"account-key"}""", """{"type":"***"}""")]
    [InlineData("account-key is no JSON", "*** is no JSON")]
    [InlineData("cut off in account-k", "cut off in ***")]
    public void Apply_SecretsThatTheBridgeKnows_AreBlankedOutByTheirValue(string body, string expected)
    {
        var unrecognized = new ObservedRoom { Secrets = Known() }.HearOne<UnrecognizedEvent>(body);

        Assert.Equal(expected, unrecognized.Raw);
        Assert.DoesNotContain("account-key", unrecognized.WireType ?? "", StringComparison.Ordinal);
    }

    private static KnownSecrets Known()
    {
        var eyeson = new EyesonOptions();
        eyeson.Accounts["default"] = new AccountOptions { ApiKey = "account-key" };
        var known = new KnownSecrets(new AccountKeys(Options.Create(eyeson)));
        known.Note(ObservedRoom.Id, "access/key+1");
        known.Note("another", "key of another room");
        return known;
    }
}
