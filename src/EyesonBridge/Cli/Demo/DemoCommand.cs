using System.CommandLine;

namespace EyesonBridge.Cli.Demo;

/// <summary><c>demo</c>: a whole meeting, from a simulated Eyeson to a consumer.</summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    public static Command Create()
    {
        var inMemory = new Option<bool>("--in-memory") { Description = "Use an in-memory bus instead of a broker." };
        var speed = new Option<double?>("--speed") { Description = "Factor by which to speed up the meeting, which lasts 20 seconds at 1." };
        var permalink = new Option<bool>("--permalink") { Description = "Run the permalink demo instead: a guest waits for the host, over two meetings." };
        return new Command(Name, """
            Simulates a 20-second meeting, observes it, and shows the messages as a consumer receives them.

            Example:
              eyeson-bridge demo --in-memory
            """)
        {
            inMemory,
            speed,
            permalink,
        }.Does((context, cancellationToken) => context.GetValue(permalink)
            ? RunPermalinkAsync(context, context.GetValue(inMemory), context.GetValue(speed), cancellationToken)
            : RunAsync(context, context.GetValue(inMemory), context.GetValue(speed), cancellationToken));
    }

    private static async Task<int> RunAsync(CommandContext context, bool inMemory, double? speed, CancellationToken cancellationToken)
    {
        if (speed is not (null or (> 0 and <= 1000)))
            throw new CommandFailure("--speed must be greater than 0 and at most 1000.", ExitCodes.Usage);

        using var folder = DemoFolder.Create(context.Settings);
        await using var demo = await DemoMeeting.StartAsync(context, folder.Path, inMemory, cancellationToken);
        return await demo.RunAsync(speed ?? 1, cancellationToken) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<int> RunPermalinkAsync(CommandContext context, bool inMemory, double? speed, CancellationToken cancellationToken)
    {
        if (speed is not null)
            throw new CommandFailure("--speed cannot be combined with --permalink: that demo has no timed steps.", ExitCodes.Usage);

        using var folder = DemoFolder.Create(context.Settings);
        await using var demo = await DemoPermalink.StartAsync(context, folder.Path, inMemory, cancellationToken);
        return await demo.RunAsync(cancellationToken) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
