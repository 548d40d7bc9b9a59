using System.Text;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Tests.Storage.Sqlite;

public sealed class KnownTextsTests
{
    private readonly KnownTexts _texts = new();

    [Fact]
    public void Of_SameTextAgain_IsTheSameObject()
    {
        Assert.Equal("räume", Of("räume"));
        Assert.Same(Of("räume"), Of("räume"));
    }

    [Fact]
    public void Of_MoreTextsThanItKeeps_AreStillRight() =>
        Assert.All(Enumerable.Range(0, 10_000), number => Assert.Equal($"room-{number}", Of($"room-{number}")));

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(129)]
    public void Of_AnyLength_IsRight(int length) => Assert.Equal(new string('x', length), Of(new string('x', length)));

    private string Of(string text) => _texts.Of(Encoding.UTF8.GetBytes(text));
}
