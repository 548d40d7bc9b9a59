using System.Globalization;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Reports which permalinks are watched, without their tokens, a page at a time.</summary>
internal sealed class GetPermalinksConsumer(IBridgeStore store) : IConsumer<GetPermalinks>
{
    public async Task Consume(ConsumeContext<GetPermalinks> context)
    {
        var limit = ObservationPage.Limit(context.Message.Limit);
        _ = long.TryParse(context.Message.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after); // not ours: from the first
        var found = await store.ListPermalinksAsync(after, limit + 1, context.CancellationToken); // one more tells whether there are more
        await context.AnswerAsync(new WatchedPermalinks
        {
            Items = [.. found.Take(limit).Select(entry => ToContract(entry.Permalink))],
            Next = found.Count > limit ? found[limit - 1].Position.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static WatchedPermalink ToContract(PermalinkRow permalink) => new()
    {
        PermalinkId = permalink.PermalinkId,
        RoomId = permalink.RoomId,
        Account = permalink.Account,
        Recurring = permalink.IsRecurring,
        Waiting = permalink.Status == PermalinkStatus.Waiting,
        MeetingStartedAt = permalink.MeetingStartedAt,
    };
}
