using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Tls;
using EyesonBridge.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Tests.Tls;

/// <summary>Socket and REST of a whole bridge against an Eyeson with a good or a bad certificate.</summary>
public sealed class ServerTrustTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new("The right authority");
    private readonly TestAuthority _other = new("Another authority");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_AuthorityByFileAndRightName_IsTrusted()
    {
        var (ending, rooms, problem) = await TryAsync("localhost", _authority);

        Assert.Equal((CableEndingKind.UpgradeRefused, 404), (ending.Kind, ending.HttpStatus)); // past TLS, and no observer there
        Assert.Equal(RestOutcome.Ok, rooms.Outcome);
        Assert.Null(problem);
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_AnotherAuthorityByFile_IsRefusedAndSaysWhichSetting()
    {
        var (ending, rooms, problem) = await TryAsync("localhost", _other);

        AssertRefused(ending, rooms);
        Assert.Contains("CN=The right authority", problem, StringComparison.Ordinal);
        Assert.Contains("which is not among the authorities in the file that Eyeson:CaFile names", problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_AuthorityThatTheSystemDoesNotKnow_IsRefusedAndSaysWhatToSet()
    {
        var (ending, rooms, problem) = await TryAsync("localhost", trusted: null);

        AssertRefused(ending, rooms);
        Assert.Contains("Set Eyeson:CaFile", problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_RightAuthorityAndWrongName_IsRefusedAndSaysForWhomItIs()
    {
        var (ending, rooms, problem) = await TryAsync("other.example.com", _authority);

        AssertRefused(ending, rooms);
        Assert.Contains("issued for other.example.com, not for the host name", problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Connect_ExpiredCertificate_IsRefusedAndSaysUntilWhenItWas()
    {
        var (ending, rooms, problem) = await TryAsync("localhost", _authority, isExpired: true);

        AssertRefused(ending, rooms);
        Assert.Contains("Renew that certificate", problem, StringComparison.Ordinal);
    }

    private static void AssertRefused(CableEnding ending, RestResult<IReadOnlyList<RunningRoom>> rooms)
    {
        Assert.Equal(CableEndingKind.ConnectFailed, ending.Kind);
        Assert.Equal(RestOutcome.Unreachable, rooms.Outcome);
    }

    private async Task<(CableEnding Ending, RestResult<IReadOnlyList<RunningRoom>> Rooms, string? Problem)> TryAsync(
        string host, TestAuthority? trusted, bool isExpired = false)
    {
        using var certificate = _authority.Issue(host, isExpired);
        await using var eyeson = await TlsServer.StartAsync(certificate, Cancelled);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Eyeson:Url"] = eyeson.Url.ToString() };
        if (trusted is not null)
            settings["Eyeson:CaFile"] = trusted.WriteTo(_folder.Combine("ca.pem"));
        await using var bridge = await BridgeFixture.StartAsync(Cancelled, settings);
        var services = bridge.Bridge.Services;

        var target = new CableTarget { Url = eyeson.Url, RoomId = "room", ApiKey = "a-key" };
        var ending = await services.GetRequiredService<CableClient>().Connect(target).RunAsync(new DeafListener(), Cancelled);
        var rooms = await services.GetRequiredService<EyesonRest>().GetRoomsAsync("default", Cancelled);
        return (ending, rooms, services.GetRequiredService<EyesonTrust>().Server.Problem);
    }
}
