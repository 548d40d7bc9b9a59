using System.CommandLine;

namespace EyesonBridge.Cli.Demo;

/// <summary><c>demo</c>: a whole meeting, from a simulated Eyeson to a consumer.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var inMemory = new Option<bool>("--in-memory") { Description = "Without a broker: the bus is in the memory of this process." };
        var speed = new Option<double?>("--speed") { Description = "How many times faster than 20 seconds." };
        var permalink = new Option<bool>("--permalink") { Description = "The other demo: a permalink whose guest waits for the host, over two meetings." };
        return new Command("demo", """
            Simulates a meeting of 20 seconds, observes it, and shows the messages as a consumer receives them.

            Example:
              EyesonBridge demo --in-memory
            """)
        {
            inMemory,
            speed,
            permalink,
        }.Does((parsed, cancellationToken) => parsed.GetValue(permalink)
            ? RunPermalinkAsync(parsed.GetValue(inMemory), parsed.GetValue(speed), cancellationToken)
            : RunAsync(parsed.GetValue(inMemory), parsed.GetValue(speed), cancellationToken));
    }

    private static async Task<int> RunAsync(bool inMemory, double? speed, CancellationToken cancellationToken)
    {
        if (speed is not (null or (> 0 and <= 1000)))
            throw new CommandFailure("--speed must be more than 0 and at most 1000.", ExitCodes.Usage);

        using var folder = new DemoFolder();
        await using var demo = await DemoMeeting.StartAsync(folder.Path, inMemory, cancellationToken);
        return await demo.RunAsync(speed ?? 1, cancellationToken) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<int> RunPermalinkAsync(bool inMemory, double? speed, CancellationToken cancellationToken)
    {
        if (speed is not null)
            throw new CommandFailure("--speed does not go with --permalink: that demo waits for nothing but answers.", ExitCodes.Usage);

        using var folder = new DemoFolder();
        await using var demo = await DemoPermalink.StartAsync(folder.Path, inMemory, cancellationToken);
        return await demo.RunAsync(cancellationToken) ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>A folder for the demo's store, gone afterwards.</summary>
    private sealed class DemoFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("eyeson-bridge-demo-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
