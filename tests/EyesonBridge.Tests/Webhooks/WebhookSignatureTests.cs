using System.Security.Cryptography;
using System.Text;
using EyesonBridge.Webhooks;

namespace EyesonBridge.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Key = "a-key";
    private static readonly byte[] Body = """{"type":"room_update"}"""u8.ToArray();
    private static readonly string Right = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Body));

    public static TheoryData<string> Wrong =>
        ["", "00", Right[..^1], Right + "0", new string('0', 64), new string('z', 64), Right[..62] + "zz", "sha256=" + Right, " " + Right];

    [Fact]
    public void IsValid_KnownVector_IsTrue() =>
        // RFC 4231, test case 2
        Assert.True(WebhookSignature.IsValid(
            "what do ya want for nothing?"u8, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "Jefe"));

    [Fact]
    public void IsValid_RightSignature_IsTrue() => Assert.True(WebhookSignature.IsValid(Body, Right, Key));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void IsValid_WrongSignature_IsFalse(string signature) => Assert.False(WebhookSignature.IsValid(Body, signature, Key));

    [Fact]
    public void IsValid_NoSignature_IsFalse() => Assert.False(WebhookSignature.IsValid(Body, signature: null, Key));

    [Fact]
    public void IsValid_OtherBodyOrKey_IsFalse()
    {
        Assert.False(WebhookSignature.IsValid([.. Body, (byte)' '], Right, Key));
        Assert.False(WebhookSignature.IsValid(Body, Right, "another-key"));
    }
}
