using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Testing;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Accounts;

public sealed class AccountKeysTests
{
    [Fact]
    public void Find_AnyCase_GivesTheNameAsConfigured()
    {
        var keys = Keys(("Sales", new AccountOptions { ApiKey = "k" }), ("default", new AccountOptions { ApiKey = "d" }));

        Assert.Equal(["default", "Sales"], keys.Names);
        Assert.Equal("Sales", keys.Find("sALES"));
        Assert.Equal("default", keys.Find(null));
        Assert.Null(keys.Find("support"));
        Assert.Null(keys.Find(""));
    }

    [Fact]
    public void TryGetKey_FromSettings_IsTrimmed()
    {
        Assert.True(Keys(("default", new AccountOptions { ApiKey = " key \n" })).TryGetKey("default", out var key));
        Assert.Equal("key", key);
    }

    [Fact]
    public void TryGetKey_FromFile_IsReadAnewEachTime()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("key");
        var keys = Keys(("default", new AccountOptions { ApiKeyFile = path }));

        Assert.False(keys.TryGetKey("default", out _));
        File.WriteAllText(path, "first\n");
        Assert.True(keys.TryGetKey("default", out var first));
        File.WriteAllText(path, "\r\n second");
        Assert.True(keys.TryGetKey("default", out var second));
        File.WriteAllText(path, "");
        Assert.False(keys.TryGetKey("default", out var none));

        Assert.Equal(("first", "second", null), (first, second, none));
    }

    [Fact]
    public void TryGetKey_KeyThatCannotBeSent_IsNone()
    {
        Assert.False(Keys(("default", new AccountOptions { ApiKey = "two words" })).TryGetKey("default", out _));
        Assert.False(Keys(("default", new AccountOptions { ApiKey = "k" })).TryGetKey("other", out _));
    }

    private static AccountKeys Keys(params (string Name, AccountOptions Settings)[] accounts)
    {
        var options = new EyesonOptions { Authentication = CableAuthorization.Header };
        foreach (var (name, settings) in accounts)
            options.Accounts[name] = settings;
        return new AccountKeys(Options.Create(options));
    }
}
