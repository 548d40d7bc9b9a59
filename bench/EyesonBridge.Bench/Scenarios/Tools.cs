namespace EyesonBridge.Bench.Scenarios;

/// <summary>Where the programs are that are measured, and where results go.</summary>
/// <param name="Bridge">The published <c>EyesonBridge.dll</c>.</param>
/// <param name="NodeScript">The script of <c>bench/peers/node</c>, with its packages beside it.</param>
/// <param name="BrokerLauncher"><c>scripts/lib/rabbitmq</c>.</param>
/// <param name="BrokerKind">What it starts: <c>package</c> or <c>docker</c>.</param>
/// <param name="Results">The folder for results and logs.</param>
internal sealed record Tools(string Bridge, string NodeScript, string BrokerLauncher, string BrokerKind, string Results)
{
    /// <summary>Stores and logs of what is measured; on the disk where a user's would be, not in memory.</summary>
    public string Work => Path.Combine(Results, "work");
}
