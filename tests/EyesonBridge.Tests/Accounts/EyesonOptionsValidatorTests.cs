using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Testing;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Accounts;

public sealed class EyesonOptionsValidatorTests
{
    private const string Key = "a-secret-key";

    [Fact]
    public void Validate_Defaults_AreFineExceptForTheMissingAccount() =>
        Assert.Contains("Eyeson:Accounts:default:ApiKey", Assert.Single(ProblemsOf(new EyesonOptionsValidator(), new EyesonOptions())), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("api.eyeson.team")]
    [InlineData("ftp://api.eyeson.team")]
    [InlineData("/rooms")]
    public void Validate_EyesonUrl_MustBeHttp(string url) => AssertNames("Eyeson:Url", Eyeson(options => options.Url = url));

    [Theory]
    [InlineData("https://api.eyeson.team")]
    [InlineData("http://localhost:5710/")]
    [InlineData("wss://api.eyeson.team")]
    public void Validate_EyesonUrl_TakesHttpAndWebSocket(string url) => Assert.Empty(Eyeson(options => options.Url = url));

    [Fact]
    public void Validate_EyesonAuthentication_MustBeKnown() =>
        AssertNames("Eyeson:Authentication", Eyeson(options => options.Authentication = (CableAuthorization)9), howMany: 2); // and no key fits it

    [Theory]
    [InlineData(null, null, "Eyeson:Accounts:sales has no key")]
    [InlineData(" ", "", "Eyeson:Accounts:sales has no key")]
    [InlineData(Key, "/run/secrets/key", "Eyeson:Accounts:sales has both")]
    [InlineData("a-secret-key with-space", null, "Eyeson:Accounts:sales")]
    [InlineData("a-secret-kéy", null, "Eyeson:Accounts:sales")]
    public void Validate_Account_NeedsOneUsableKey(string? key, string? file, string expected)
    {
        var problem = Assert.Single(Eyeson(options => options.Accounts["sales"] = new AccountOptions { ApiKey = key, ApiKeyFile = file }));

        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-k", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_KeyThatNoSubprotocolCanHave_IsRefusedForThatOnly()
    {
        Assert.Empty(Eyeson(options => options.Accounts["default"].ApiKey = "a/secret="));

        var problem = Assert.Single(Eyeson(options =>
        {
            options.Authentication = CableAuthorization.Subprotocol;
            options.Accounts["default"].ApiKey = "a/secret=";
        }));
        Assert.StartsWith("Eyeson:Accounts:default", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("a/secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ApiKeyFile_MustBeThereAndHoldAKey()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Combine("empty"), " \n");
        File.WriteAllText(folder.Combine("good"), Key + "\n");
        File.WriteAllText(folder.Combine("bad"), "two a-secret-keys\n");
        Directory.CreateDirectory(folder.Combine("folder"));

        Assert.Empty(WithFile("good"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: the file '" + folder.Combine("missing") + "' does not exist", WithFile("missing"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: the file '" + folder.Combine("nowhere/missing") + "' does not exist", WithFile("nowhere/missing"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: the file '" + folder.Combine("empty") + "' is empty", WithFile("empty"));
        AssertNames("Eyeson:Accounts:default:ApiKeyFile: the file '" + folder.Combine("folder") + "' cannot be read", WithFile("folder"));
        Assert.DoesNotContain("a-secret", Assert.Single(WithFile("bad")), StringComparison.Ordinal);

        IReadOnlyList<string> WithFile(string name) =>
            Eyeson(options => options.Accounts["default"] = new AccountOptions { ApiKeyFile = folder.Combine(name) });
    }

    [Fact]
    public void Validate_ManyMistakes_AreToldAtOnce()
    {
        var problems = Eyeson(options =>
        {
            options.Url = "?";
            options.Accounts["b"] = new AccountOptions();
            options.Accounts["a"] = new AccountOptions { ApiKey = "x", ApiKeyFile = "y" };
        });

        Assert.Collection(
            problems,
            problem => Assert.StartsWith("Eyeson:Url", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Eyeson:Accounts:a", problem, StringComparison.Ordinal),
            problem => Assert.StartsWith("Eyeson:Accounts:b", problem, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Eyeson(Action<EyesonOptions> change)
    {
        var options = new EyesonOptions();
        options.Accounts["default"] = new AccountOptions { ApiKey = Key };
        change(options);
        return ProblemsOf(new EyesonOptionsValidator(), options);
    }
}
