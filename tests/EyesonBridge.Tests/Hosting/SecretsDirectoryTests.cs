using EyesonBridge.Accounts;
using EyesonBridge.Hosting;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Telemetry;
using Microsoft.Extensions.Configuration;

namespace EyesonBridge.Tests.Hosting;

/// <summary>Alone, as they set a variable of the whole process.</summary>
[Collection(TracedGroup.Name)]
public sealed class SecretsDirectoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SecretsDirectoryTests() => Environment.SetEnvironmentVariable(SecretsDirectory.Variable, _folder.Path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(SecretsDirectory.Variable, value: null);
        _folder.Dispose();
    }

    [Fact]
    public void AddSecretsDirectory_FilesOfAMountedSecret_AreSettings()
    {
        Mount(("Bus__Url", "amqps://user:secret@broker\n"), ("Eyeson__Accounts__default__ApiKey", "first\n"));

        var configuration = Build(("Bus:Url", "amqp://environment"), ("Eyeson:Accounts:default:ApiKey", "environment"));

        Assert.Equal("amqps://user:secret@broker", configuration["Bus:Url"]);
        Assert.Null(configuration["Eyeson:Accounts:default:ApiKey"]);
        var account = configuration.GetSection(EyesonOptions.Section).Get<EyesonOptions>()!.Accounts["default"];
        Assert.Equal((null, _folder.Combine("Eyeson__Accounts__default__ApiKey")), (account.ApiKey, account.ApiKeyFile));
    }

    [Fact]
    public void AddSecretsDirectory_KeyThatIsReplaced_IsReadAnew()
    {
        Mount(("Eyeson__Accounts__default__ApiKey", "first\n"));
        var options = Build().GetSection(EyesonOptions.Section).Get<EyesonOptions>()!;
        var keys = new AccountKeys(Microsoft.Extensions.Options.Options.Create(options));
        Assert.True(keys.TryGetKey("default", out var first));

        Mount(("Eyeson__Accounts__default__ApiKey", "second\n"));

        Assert.True(keys.TryGetKey("default", out var second));
        Assert.Equal(("first", "second"), (first, second));
    }

    [Fact]
    public void AddSecretsDirectory_NoVariable_AddsNothing()
    {
        Environment.SetEnvironmentVariable(SecretsDirectory.Variable, value: null);
        Mount(("Bus__Url", "amqp://secret"));

        Assert.Equal("amqp://environment", Build(("Bus:Url", "amqp://environment"))["Bus:Url"]);
    }

    [Fact]
    public void Build_FolderThatIsMissing_IsAMistakeInTheSettings()
    {
        Environment.SetEnvironmentVariable(SecretsDirectory.Variable, _folder.Combine("missing"));

        var wrong = Assert.Throws<ConfigurationException>(() => BridgeHost.Build());

        Assert.Contains($"EYESONBRIDGE_SECRETS_DIRECTORY: the folder '{_folder.Combine("missing")}' does not exist", Assert.Single(wrong.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FileThatCannotBeRead_IsAMistakeInTheSettings()
    {
        File.CreateSymbolicLink(_folder.Combine("Bus__Password"), "nowhere");

        var wrong = Assert.Throws<ConfigurationException>(() => BridgeHost.Build());

        Assert.Contains("Bus__Password", Assert.Single(wrong.Problems), StringComparison.Ordinal);
    }

    private static IConfigurationRoot Build(params (string Key, string Value)[] environment) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .AddSecretsDirectory()
            .Build();

    /// <summary>As Kubernetes does it: links to files behind a link that is replaced at once.</summary>
    private void Mount(params (string Name, string Text)[] files)
    {
        var version = Directory.CreateDirectory(_folder.Combine($"..{Guid.NewGuid():N}")).FullName;
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(version, name), text);

        var next = _folder.Combine("..next");
        Directory.CreateSymbolicLink(next, version);
        var data = _folder.Combine("..data");
        if (Directory.Exists(data))
            Directory.Delete(data);
        Directory.Move(next, data);
        foreach (var (name, _) in files)
        {
            if (!File.Exists(_folder.Combine(name)))
                File.CreateSymbolicLink(_folder.Combine(name), Path.Combine("..data", name));
        }
    }
}
