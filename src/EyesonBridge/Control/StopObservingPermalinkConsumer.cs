using EyesonBridge.Contracts.V1;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Takes back the wish to have a permalink watched.</summary>
internal sealed class StopObservingPermalinkConsumer(IBridgeStore store, ILogger<StopObservingPermalinkConsumer> logger)
    : IConsumer<StopObservingPermalink>
{
    public async Task Consume(ConsumeContext<StopObservingPermalink> context)
    {
        if (PermalinkAnswers.CheckToken(context.Message.Token, "token") is { } invalid)
        {
            await context.RejectAsync(invalid, logger);
            return;
        }

        var permalink = await store.FindPermalinkAsync(context.Message.Token, context.CancellationToken);
        var wasRegistered = await store.UnregisterPermalinkAsync(context.Message.Token, context.CancellationToken);
        if (wasRegistered)
            logger.Stopped(permalink?.PermalinkId);
        await context.AnswerAsync(new PermalinkObservationStopped { WasRegistered = wasRegistered });
    }
}
