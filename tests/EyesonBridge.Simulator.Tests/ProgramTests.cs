using System.Diagnostics;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Simulator.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Program_ToldToStop_ExitsWithZero()
    {
        using var program = Start("--url", "http://127.0.0.1:0", "--room", "one", "--room", "two");
        var line = await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        ProcessSignals.Send(program.Id, ProcessSignal.Terminate);

        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Matches("^The Eyeson simulator listens on http://127.0.0.1:[0-9]+/, rooms: one, two$", line);
        Assert.Equal(0, program.ExitCode);
    }

    [Theory]
    [InlineData("--wat", "Unknown argument '--wat'")]
    [InlineData("--url", "'--url' needs a value")]
    public async Task Program_WrongArgument_SaysSoAndExitsWithTwo(string argument, string message)
    {
        using var program = Start(argument);

        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Equal(2, program.ExitCode);
    }

    [Fact]
    public async Task Program_AddressInUse_SaysSoAndExitsWithOne()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        using var program = Start("--url", simulator.Url.GetLeftPart(UriPartial.Authority));

        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("Cannot listen on http://127.0.0.1:", errors, StringComparison.Ordinal);
        Assert.Equal(1, program.ExitCode);
    }

    [Theory]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "fast")]
    [InlineData("--url", "ftp://host")]
    [InlineData("--url", "--script")]
    public void Parse_ValueOutOfRange_Throws(string name, string value) =>
        Assert.Throws<FormatException>(() => SimulatorArguments.Parse([name, value]));

    [Fact]
    public void Parse_Everything_IsTaken()
    {
        var parsed = SimulatorArguments.Parse(
            ["--url", "http://localhost:1", "--api-key", "a", "--api-key", "b", "--room", "r", "--script", "--extended", "--speed", "2.5"]);

        Assert.Equal("http://localhost:1", parsed.Url);
        Assert.Equal(["a", "b"], parsed.ApiKeys, StringComparer.Ordinal);
        Assert.Equal(["r"], parsed.Rooms, StringComparer.Ordinal);
        Assert.True(parsed.Script);
        Assert.True(parsed.Extended);
        Assert.Equal(2.5, parsed.Speed);
    }

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(EyesonSimulator).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
