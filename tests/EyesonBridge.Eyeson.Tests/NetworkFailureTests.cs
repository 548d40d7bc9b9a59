namespace EyesonBridge.Eyeson.Tests;

public sealed class NetworkFailureTests
{
    [Theory]
    [InlineData("no answer from 'http://user:secret@proxy:3128/'", "no answer from 'http://proxy:3128/'")]
    [InlineData("http://user:se@cret@proxy and https://proxy", "http://proxy and https://proxy")]
    [InlineData("Connection refused (proxy:3128)", "Connection refused (proxy:3128)")]
    public void Describe_AddressWithAUser_LosesIt(string message, string expected) =>
        Assert.Equal(expected, NetworkFailure.Describe(new HttpRequestException("it failed", new IOException(message))));

    [Fact]
    public void Describe_TunnelThatIsRefused_DoesNotRepeatWhatTheFrameworkSays()
    {
        var refused = new HttpRequestException(HttpRequestError.ProxyTunnelError, "to proxy 'http://user:secret@proxy/'", inner: null, System.Net.HttpStatusCode.ProxyAuthenticationRequired);

        Assert.Equal("The proxy refused the tunnel with HTTP status 407.", NetworkFailure.Describe(new InvalidOperationException("outer", refused)));
    }
}
