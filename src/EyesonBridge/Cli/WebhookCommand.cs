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
        }.AsksEyeson((eyeson, parsed, cancellationToken) => ShowAsync(eyeson.Of(parsed.GetValue(account)), cancellationToken));
    }

    private static async Task ShowAsync(EyesonRestClient eyeson, CancellationToken cancellationToken)
    {
        var hooks = EyesonAccess.Require(await eyeson.GetWebhookAsync(cancellationToken));
        foreach (var hook in hooks)
            Console.WriteLine($"{hook.Url}  ({string.Join(", ", hook.Types ?? [])})");
        Console.WriteLine(hooks.Count == 0 ? "No webhook is registered." : $"Registered webhooks: {hooks.Count}");
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
        }.AsksEyeson((eyeson, parsed, cancellationToken) => RegisterAsync(
            eyeson.Of(parsed.GetValue(account)), parsed.GetRequiredValue(url), parsed.GetValue(replace), cancellationToken));
    }

    private static async Task RegisterAsync(EyesonRestClient eyeson, string address, bool replace, CancellationToken cancellationToken)
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
        Console.WriteLine(existing.Count > 0 ? $"Registered {url}. It replaces {existing[0].Url}." : $"Registered {url}.");
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
        }.AsksEyeson((eyeson, parsed, cancellationToken) => RemoveAsync(eyeson.Of(parsed.GetValue(account)), cancellationToken));
    }

    private static async Task RemoveAsync(EyesonRestClient eyeson, CancellationToken cancellationToken)
    {
        var hooks = EyesonAccess.Require(await eyeson.GetWebhookAsync(cancellationToken));
        if (hooks.Count == 0)
            Console.WriteLine("No webhook is registered.");
        foreach (var hook in hooks)
        {
            EyesonAccess.Require(await eyeson.DeleteWebhookAsync(hook.Id ?? "", cancellationToken));
            Console.WriteLine($"Removed {hook.Url}.");
        }
    }

    private static Option<string?> AccountOption() =>
        new("--account") { Description = "Account that the webhook belongs to ('default' if omitted)." };
}
