using EyesonBridge.Bus.Access;

namespace EyesonBridge.Tests.Bus;

public sealed class BrokerRefusalTests
{
    private const string Place = "broker.example.com:5672";

    [Theory]
    [InlineData("NOT_ALLOWED - vhost gone not found', classId=10, methodId=40", "The broker at broker.example.com:5672 has no virtual host 'gone'.")]
    [InlineData("NOT_ALLOWED - access to vhost '/' refused for user 'u'", "does not let user 'u' into the virtual host '/'")]
    [InlineData("ACCESS_REFUSED - access to queue 'q' in vhost '/' refused for user 'u'', classId=50, methodId=10", "User 'u' may not configure queue 'q' in the virtual host '/'")]
    [InlineData("ACCESS_REFUSED - access to exchange 'x' in vhost 'v' refused for user 'u'', classId=60, methodId=40", "User 'u' may not write exchange 'x' in the virtual host 'v'")]
    [InlineData("ACCESS_REFUSED - read access to queue 'q' in vhost '/' refused for user 'u'', classId=50, methodId=10", "User 'u' may not read queue 'q'")]
    [InlineData("PRECONDITION_FAILED - inequivalent arg 'x-delivery-limit' for queue 'q' in vhost '/': received '5' but current is none', classId=50", "refuses: PRECONDITION_FAILED - inequivalent arg 'x-delivery-limit' for queue 'q' in vhost '/': received '5' but current is none.")]
    public void Explain_Refusal_SaysWhatIsMissingAndWhere(string text, string says) =>
        Assert.Contains(says, BrokerRefusal.Explain(Place, text), StringComparison.Ordinal);

    [Fact]
    public void Explain_AnythingElse_IsNoRefusal() => Assert.Null(BrokerRefusal.Explain(Place, "CONNECTION_FORCED - broker forced connection closure"));
}
