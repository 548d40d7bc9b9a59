using System.CommandLine;
using EyesonBridge.Cli;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Cli;

public sealed class SecretArgumentsTests
{
    private readonly Argument<string> _token = new("TOKEN");

    [Fact]
    public async Task Read_Dash_TakesTheFirstLineOfStandardInput()
    {
        var former = Console.In;
        try
        {
            Console.SetIn(new StringReader("a-token \nmore"));
            Assert.Equal("a-token", await ReadAsync("-"));

            Console.SetIn(new StringReader("\n"));
            Assert.Contains("TOKEN", (await Assert.ThrowsAsync<CommandFailure>(() => ReadAsync("-"))).Message, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetIn(former);
        }
    }

    [Fact]
    public async Task Read_AtAndAFile_TakesItFromThere()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Combine("token"), "a-token\n", TestContext.Current.CancellationToken);

        Assert.Equal("a-token", await ReadAsync($"@{folder.Combine("token")}"));
    }

    [Fact]
    public async Task Read_Value_IsIt() => Assert.Equal("a-token", await ReadAsync("a-token"));

    private Task<string> ReadAsync(string argument) =>
        new RootCommand { _token }.Parse([argument]).ReadSecretAsync(_token, TestContext.Current.CancellationToken);
}
