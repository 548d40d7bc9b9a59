using System.CommandLine;
using EyesonBridge.Cli;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Cli;

public sealed class SecretArgumentsTests
{
    private readonly Argument<string> _token = new("TOKEN");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Read_Dash_TakesTheFirstLineOfStandardInput()
    {
        Assert.Equal("a-token", await ReadAsync("-", new StringReader("a-token \nmore")));
        Assert.Contains("TOKEN", (await Assert.ThrowsAsync<CommandFailure>(() => ReadAsync("-", new StringReader("\n")))).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_DashWhileNobodyTypes_CanBeBrokenOff()
    {
        using var typed = new ManualResetEventSlim();
        using var gaveUp = new CancellationTokenSource();
        using var input = new SilentReader(typed);

        var read = ReadAsync("-", input, gaveUp.Token);
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        typed.Set();
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_AtAndAFile_TakesItFromThere()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Combine("token"), "a-token\n", Cancellation);

        Assert.Equal("a-token", await ReadAsync($"@{folder.Combine("token")}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_Value_IsIt() => Assert.Equal("a-token", await ReadAsync("a-token"));

    private async Task<string> ReadAsync(string argument, TextReader? input = null, CancellationToken? cancellation = null)
    {
        var value = new RootCommand { _token }.Parse([argument]).GetRequiredValue(_token);
        return await SecretArguments.ReadAsync("TOKEN", value, new CommandHost { Input = input ?? TextReader.Null }, cancellation ?? Cancellation);
    }

    /// <summary>As a terminal at which nobody types: it blocks.</summary>
    private sealed class SilentReader(ManualResetEventSlim typed) : TextReader
    {
        public override string? ReadLine()
        {
            typed.Wait(CancellationToken.None);
            return null;
        }
    }
}
