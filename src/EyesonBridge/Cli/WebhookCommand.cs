using System.CommandLine;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Cli;

/// <summary><c>webhook show|register|remove</c>: the one webhook of an API key, at Eyeson.</summary>
internal static class WebhookCommand
{
    private static readonly string[] Types = [ObserverEventTypes.RoomUpdate, ObserverEventTypes.RecordingUpdate, ObserverEventTypes.SnapshotUpdate];

    public static Command Create() => new("webhook", "Shows, registers and removes the webhook of an API key. A key has at most one webhook, no matter who registered it.")
    {
        Show(),
        Register(),
        Remove(),
    };

    private static Command Show()
    {
        var account = AccountOption();
        return new Command("show", """
            Shows the registered webhook.

            Example:
              eyeson-bridge webhook show
            """)
        {
            account,
            OutputOption.Create(),
        }.AsksEyeson((eyeson, context, cancellationToken) => ShowAsync(eyeson.Of(context.GetValue(account)), context.Output, cancellationToken));
    }

    private static async Task ShowAsync(EyesonRestClient eyeson, CommandOutput output, CancellationToken cancellationToken)
    {
        var hooks = EyesonAccess.Require(await eyeson.GetWebhookAsync(cancellationToken));
        foreach (var hook in hooks)
            output.Line(Words.Printable($"{hook.Url}  ({string.Join(", ", hook.Types ?? [])})"));
        output.Line(hooks.Count == 0 ? "No webhook is registered." : $"Registered webhooks: {hooks.Count}");
        output.Object(new { Items = hooks.Select(static hook => new { hook.Id, hook.Url, hook.Types, hook.LastRequestSentAt, hook.LastResponseCode }) });
    }

    private static Command Register()
    {
        var url = new Argument<string>("URL") { Description = "URL that Eyeson sends events to: https://HOST/webhooks/eyeson/ACCOUNT" };
        var replace = new Option<bool>("--replace") { Description = "Replace the registered webhook." };
        var account = AccountOption();
        return new Command("register", """
            Registers a webhook. An existing one is replaced only with --replace; its receiver then gets no more events.

            Example:
              eyeson-bridge webhook register https://bridge.example.com/webhooks/eyeson/default
            """)
        {
            url,
            replace,
            account,
            OutputOption.Create(),
        }.AsksEyeson((eyeson, context, cancellationToken) => RegisterAsync(
            eyeson.Of(context.GetValue(account)), context.GetRequiredValue(url), context.GetValue(replace), context.Output, cancellationToken));
    }

    private static async Task RegisterAsync(EyesonRestClient eyeson, string address, bool replace, CommandOutput output, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !(url.Scheme is "https" || (url.Scheme is "http" && url.IsLoopback)))
            throw new CommandFailure("URL must be an https URL, such as https://bridge.example.com/webhooks/eyeson/default.", ExitCodes.Usage);

        var existing = EyesonAccess.Require(await eyeson.GetWebhookAsync(cancellationToken));
        if (existing.Count > 0 && !replace)
        {
            throw new CommandFailure(
                $"A webhook is already registered: {existing[0].Url}. Its receiver would get no more events if it were replaced. To replace it anyway, use --replace.");
        }

        EyesonAccess.Require(await eyeson.RegisterWebhookAsync(url, Types, cancellationToken));
        output.Line(existing.Count > 0 ? $"Registered {url}. It replaces {existing[0].Url}." : $"Registered {url}.");
        output.Object(new { Url = url, Types, Replaced = existing.Count > 0 ? existing[0].Url : null });
    }

    private static Command Remove()
    {
        var account = AccountOption();
        return new Command("remove", """
            Removes the registered webhook.

            Example:
              eyeson-bridge webhook remove
            """)
        {
            account,
            OutputOption.Create(),
        }.AsksEyeson((eyeson, context, cancellationToken) => RemoveAsync(eyeson.Of(context.GetValue(account)), context.Output, cancellationToken));
    }

    private static async Task RemoveAsync(EyesonRestClient eyeson, CommandOutput output, CancellationToken cancellationToken)
    {
        var hooks = EyesonAccess.Require(await eyeson.GetWebhookAsync(cancellationToken));
        if (hooks.Count == 0)
            output.Line("No webhook is registered.");
        foreach (var hook in hooks)
        {
            EyesonAccess.Require(await eyeson.DeleteWebhookAsync(hook.Id ?? "", cancellationToken));
            output.Line($"Removed {hook.Url}.");
        }

        output.Object(new { Removed = hooks.Select(static hook => hook.Url) });
    }

    private static Option<string?> AccountOption() =>
        new("--account") { Description = "Account that the webhook belongs to ('default' if omitted)." };
}
