using System.CommandLine;
using System.Globalization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli;

/// <summary><c>permalink watch|unwatch|list|start|guest</c>: permalinks, over the running bridge.</summary>
internal static class PermalinkCommand
{
    // As long as the bridge waits for Eyeson: for one call, or for two.
    private static readonly TimeSpan OneCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TwoCalls = 2 * OneCall;

    public static Command Create() => new("permalink", "Watches and lists permalinks, starts their meetings and lets guests in, through the running bridge.")
    {
        Watch(),
        Unwatch(),
        List(),
        Start(),
        Guest(),
    };

    private static Command Watch()
    {
        var token = new Argument<string>("TOKEN") { Description = $"User or guest token of the permalink. {SecretArguments.Ways}" };
        var account = new Option<string?>("--account") { Description = "Account to observe the meeting with ('default' if omitted)." };
        var recurring = new Option<bool>("--recurring") { Description = "Wait for the next meeting when one ends." };
        return new Command("watch", """
            Waits until the host starts the meeting, and observes it.

            Example:
              eyeson-bridge permalink watch @/run/secrets/permalink --recurring
            """)
        {
            token,
            account,
            recurring,
            OutputOption.Create(),
        }.AsksBridge(async (bridge, context, cancellationToken) =>
        {
            var accepted = await bridge.RequestAsync<ObservePermalink, PermalinkObservationAccepted>(
                new ObservePermalink
                {
                    Token = await context.ReadSecretAsync(token, cancellationToken),
                    Account = context.GetValue(account),
                    Recurring = context.GetValue(recurring),
                },
                cancellationToken,
                OneCall);
            if (accepted.ExpiredAt is { } expiredAt)
                throw new CommandFailure($"Permalink {accepted.PermalinkId} of room {accepted.RoomId} is not watched: it expired at {expiredAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");

            context.Output.Object(accepted);
            context.Output.Line(accepted.PermalinkId is { } id
                ? $"Permalink {id} of room {accepted.RoomId} {(accepted.AlreadyRegistered ? "was already watched" : "is now watched")}."
                : "The permalink is now watched; Eyeson has not answered yet.");
        });
    }

    private static Command Unwatch()
    {
        var token = new Argument<string>("TOKEN") { Description = $"The token that the permalink was registered with. {SecretArguments.Ways}" };
        return new Command("unwatch", """
            Stops watching a permalink.

            Example:
              eyeson-bridge permalink unwatch @/run/secrets/permalink
            """)
        {
            token,
            OutputOption.Create(),
        }.AsksBridge(async (bridge, context, cancellationToken) =>
        {
            var stopped = await bridge.RequestAsync<StopObservingPermalink, PermalinkObservationStopped>(
                new StopObservingPermalink { Token = await context.ReadSecretAsync(token, cancellationToken) }, cancellationToken);
            context.Output.Object(stopped);
            context.Output.Line(stopped.WasRegistered ? "The permalink is no longer watched." : "The permalink was not watched.");
        });
    }

    private static Command List() => new Command("list", """
        Lists the permalinks that are watched, without their tokens.

        Example:
          eyeson-bridge permalink list
        """)
    {
        OutputOption.Create(),
    }.AsksBridge((bridge, context, cancellationToken) => ListAsync(bridge, context.Output, cancellationToken));

    private static async Task ListAsync(ControlClient bridge, CommandOutput output, CancellationToken cancellationToken)
    {
        var count = 0;
        var items = new JsonItems(output);
        for (string? after = null; ;)
        {
            var page = await bridge.RequestAsync<GetPermalinks, WatchedPermalinks>(new GetPermalinks { After = after }, cancellationToken);
            items.Write(page.Items);
            if (count == 0 && page.Items.Count > 0)
                output.Line($"{"PERMALINK",-26} {"ROOM",-26} {"STATE",-8} {"LAST MEETING (UTC)",-19}  {"RECURRING",-9}  ACCOUNT");
            foreach (var permalink in page.Items)
            {
                var since = permalink.MeetingStartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";
                output.Line($"{permalink.PermalinkId ?? "(not known yet)",-26} {permalink.RoomId,-26} {(permalink.Waiting ? "waiting" : "started"),-8} {since,-19}  {(permalink.Recurring ? "yes" : "no"),-9}  {permalink.Account}");
            }

            count += page.Items.Count;
            if (page.Next is null)
                break;
            after = page.Next;
        }

        items.End();
        output.Line(Words.Count(count, "permalink"));
    }

    private static Command Start()
    {
        var token = new Argument<string>("USER_TOKEN") { Description = $"The host's token. {SecretArguments.Ways}" };
        var observe = new Option<bool>("--observe") { Description = "Also observe the room." };
        var account = new Option<string?>("--account") { Description = "Account to observe it with ('default' if omitted)." };
        return new Command("start", """
            Starts or joins the meeting of a permalink as its host, and shows the access key.

            Example:
              eyeson-bridge permalink start - --observe < token
            """)
        {
            token,
            observe,
            account,
            OutputOption.Create(),
        }.AsksBridge(async (bridge, context, cancellationToken) =>
        {
            var ready = await bridge.RequestAsync<StartPermalinkMeeting, PermalinkMeetingReady>(
                new StartPermalinkMeeting
                {
                    UserToken = await context.ReadSecretAsync(token, cancellationToken),
                    Observe = context.GetValue(observe),
                    Account = context.GetValue(account),
                },
                cancellationToken,
                OneCall);
            context.Output.Object(ready);
            ShowAccess(context.Output, ready.RoomId, ready.AccessKey, ready.JoinUrl);
        });
    }

    private static Command Guest()
    {
        var token = new Argument<string>("GUEST_TOKEN") { Description = $"Guest token of the meeting or permalink. {SecretArguments.Ways}" };
        var name = new Argument<string>("NAME") { Description = "Display name of the guest." };
        var email = new Option<string?>("--email") { Description = "E-mail address of the guest." };
        var locale = new Option<string?>("--locale") { Description = "Language of the guest, such as de." };
        return new Command("guest", """
            Creates a guest for a running meeting and shows the guest's access key.

            Example:
              eyeson-bridge permalink guest - "Maria" < token
            """)
        {
            token,
            name,
            email,
            locale,
            OutputOption.Create(),
        }.AsksBridge(async (bridge, context, cancellationToken) =>
        {
            var created = await bridge.RequestAsync<RequestGuestUser, GuestUserCreated>(
                new RequestGuestUser
                {
                    GuestToken = await context.ReadSecretAsync(token, cancellationToken),
                    Name = context.GetRequiredValue(name),
                    Email = context.GetValue(email),
                    Locale = context.GetValue(locale),
                },
                cancellationToken,
                TwoCalls);
            context.Output.Object(created);
            ShowAccess(context.Output, created.RoomId, created.AccessKey, created.JoinUrl);
        });
    }

    /// <summary>Who asked gets the key; it is shown on standard output and nowhere else.</summary>
    private static void ShowAccess(CommandOutput output, string roomId, string accessKey, string? joinUrl)
    {
        output.Line($"room        {roomId}");
        output.Line($"access key  {accessKey}");
        if (joinUrl is not null)
            output.Line($"join        {joinUrl}");
    }
}
