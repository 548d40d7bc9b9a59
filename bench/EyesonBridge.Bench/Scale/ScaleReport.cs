using System.Globalization;
using System.Text;

namespace EyesonBridge.Bench.Scale;

/// <summary>A simulation as a table.</summary>
internal static class ScaleReport
{
    public static string Of(ScaleResult result)
    {
        var options = result.Options;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{options.Rooms:N0} rooms, {options.Replicas} replicas, {options.Accounts} ")
            .Append(options.Accounts == 1 ? "account" : "accounts")
            .Append(CultureInfo.InvariantCulture, $", {options.HandshakesPerSecond:N0} handshakes a second and account (burst {options.HandshakeBurst:N0}), seed {options.Seed}**\n\n");
        text.Append("| | gaps | without an owner, p50 / p99 / most | gap, p50 / p99 / most | given up | handshakes: most in a second, longest wait | database: most processors busy | settled after | rooms of a replica |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var phase in result.Phases)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {phase.Name} | {phase.Lost:N0} | {Times(phase.ClaimedAfter)} | {Times(phase.ObservedAfter)} | {phase.GivenUp:N0} ")
                .Append(CultureInfo.InvariantCulture, $"| {phase.MostHandshakes:N0}, {Time(phase.LongestHandshakeWait)} | {phase.MostBusy:0.0} ")
                .Append(CultureInfo.InvariantCulture, $"| {(phase.SettledAfter is { } settled ? Time(settled) : "not")} | {phase.LeastHeld:N0} to {phase.MostHeld:N0} |\n");
        }

        return text.ToString();
    }

    private static string Times(List<TimeSpan> times) => times.Count == 0
        ? ""
        : $"{Time(PhaseRecord.Within(times, 0.5))} / {Time(PhaseRecord.Within(times, 0.99))} / {Time(times.Max())}";

    private static string Time(TimeSpan time) => time < TimeSpan.FromSeconds(100)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N0} s");
}
