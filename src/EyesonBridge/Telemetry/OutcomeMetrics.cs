using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Rest;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EyesonBridge.Telemetry;

/// <summary>Counts how that ends which is asked of the bridge, and what the bridge asks of Eyeson. Nothing here is for each event.</summary>
internal static class OutcomeMetrics
{
    /// <summary>Name of a command that is none of the bridge's: what others write is no value of an attribute.</summary>
    private const string OtherCommand = "other";

    private static readonly FrozenSet<string> KnownCommands = new[]
    {
        nameof(ObserveRoom), nameof(StopObservingRoom), nameof(GetObservations), nameof(GetPermalinks), nameof(ObservePermalink),
        nameof(StopObservingPermalink), nameof(StartPermalinkMeeting), nameof(RequestGuestUser),
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<RestOutcome, string> RestOutcomes =
        Enum.GetValues<RestOutcome>().ToFrozenDictionary(static outcome => outcome, static outcome => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()));

    private static readonly Meter Meter = new(BridgeMetrics.MeterName);

    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "eyeson_bridge.commands", "{command}", "Commands, by type and outcome.");

    private static readonly Counter<long> Webhooks = Meter.CreateCounter<long>(
        "eyeson_bridge.webhooks", "{webhook}", "Requests for the address of webhooks, by outcome.");

    private static readonly Counter<long> RestCalls = Meter.CreateCounter<long>(
        "eyeson_bridge.rest.calls", "{call}", "Calls of Eyeson's REST, by outcome.");

    private static readonly Counter<long> DiscoveryRounds = Meter.CreateCounter<long>(
        "eyeson_bridge.discovery.rounds", "{round}", "Looks at the running meetings of an account, by outcome.");

    /// <summary>A command is over.</summary>
    /// <param name="command">Name of its contract, as its sender wrote it.</param>
    /// <param name="outcome">One of <see cref="CommandOutcomes"/>.</param>
    /// <param name="reason">The code of a rejection.</param>
    public static void NoteCommand(string? command, string outcome, string? reason = null)
    {
        var type = new Tag(TelemetryTags.Type, command is not null && KnownCommands.Contains(command) ? command : OtherCommand);
        if (reason is null)
            Commands.Add(1, type, new Tag(TelemetryTags.Outcome, outcome));
        else
            Commands.Add(1, type, new Tag(TelemetryTags.Outcome, outcome), new Tag(TelemetryTags.Reason, reason));
    }

    /// <summary>A request for the address of webhooks was answered.</summary>
    /// <param name="outcome">One of <see cref="WebhookOutcomes"/>.</param>
    public static void NoteWebhook(string outcome) => Webhooks.Add(1, new Tag(TelemetryTags.Outcome, outcome));

    /// <summary>A call of Eyeson's REST is over.</summary>
    public static void NoteRest(RestOutcome outcome) => RestCalls.Add(1, new Tag(TelemetryTags.Outcome, RestOutcomes[outcome]));

    /// <summary>A look at the running meetings of an account is over.</summary>
    /// <param name="account">The account.</param>
    /// <param name="outcome">One of <see cref="DiscoveryOutcomes"/>.</param>
    public static void NoteDiscovery(string account, string outcome) =>
        DiscoveryRounds.Add(1, new Tag(TelemetryTags.Account, account), new Tag(TelemetryTags.Outcome, outcome));
}
