using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Tls;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>Whom the store lets itself be connected to.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresTlsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new("Database CA");
    private PostgresServer _server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _authority.WriteServerFiles(_folder.Path, "localhost");
        _server = await PostgresServer.StartPrivateAsync(Cancelled, _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_ServerWithACertificate_HasToBeOfAKnownAuthorityForTheHostAsked()
    {
        var authority = $"Root Certificate={_folder.Combine("ca.pem")}";
        await using (var store = await OpenAsync("localhost", $"SSL Mode=VerifyFull;{authority}"))
            await store.ProbeAsync(Cancelled);

        foreach (var (host, tls) in ((string, string)[])[("localhost", "SSL Mode=VerifyFull"), ("127.0.0.1", $"SSL Mode=VerifyFull;{authority}")])
        {
            var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(host, tls));
            Assert.Contains("The certificate of the database", refused.Message, StringComparison.Ordinal);
            Assert.Contains("'Root Certificate=FILE'", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_SeveralHosts_FindsTheOneThatCanBeWrittenTo()
    {
        var port = new NpgsqlConnectionStringBuilder(_server.ConnectionString).Port;

        await using var store = await OpenAsync($"127.0.0.1:1,localhost:{port}", "SSL Mode=Prefer");

        await store.ProbeAsync(Cancelled);
    }

    private Task<PostgresStore> OpenAsync(string host, string tls) => PostgresStore.OpenAsync(
        new StoreOptions
        {
            Provider = StoreProvider.Postgres,
            ConnectionString = $"{new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Host = host }.ConnectionString};{tls}",
        },
        TimeProvider.System,
        NullLogger<PostgresStore>.Instance,
        Cancelled);
}
