using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;

namespace EyesonBridge.Cli;

/// <summary><c>list --watch</c>: asks again and again, and shows what changed. A bridge that is away for a while is waited for.</summary>
/// <param name="askAsync">Asks the bridge for a page.</param>
/// <param name="states">Only observations in these states; null for all.</param>
/// <param name="output">Where to show it.</param>
/// <param name="notes">Where to tell what is no result.</param>
/// <param name="time">The clock.</param>
internal sealed class RoomWatch(
    Func<GetObservations, CancellationToken, Task<Observations>> askAsync,
    IReadOnlyList<ObservationStatus>? states,
    CommandOutput output,
    TextWriter notes,
    TimeProvider time)
{
    /// <summary>How often it asks.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(2);

    private readonly RoomTable _table = new(output);
    private Dictionary<string, Contracts.V1.Observation> _known = new(StringComparer.Ordinal);
    private string? _trouble;

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="CommandFailure">The bridge does not answer the first time.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        await LookAsync("listed", cancellationToken);
        await notes.WriteLineAsync("Watching. Press Ctrl+C to stop.");
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await TryLookAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync("new", cancellationToken);
            if (_trouble is not null)
                await notes.WriteLineAsync("The bridge answers again.");
            _trouble = null;
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && failed is CommandFailure or MassTransit.MassTransitException)
        {
            if (!string.Equals(_trouble, failed.Message, StringComparison.Ordinal))
                Problems.Tell(notes, failed.Message);
            _trouble = failed.Message;
        }
    }

    private async Task LookAsync(string unknown, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Contracts.V1.Observation>(StringComparer.Ordinal);
        var command = new GetObservations { Statuses = states, Limit = ObservationPage.MaxLimit };
        for (Observations page; ; command = command with { After = page.Next })
        {
            page = await askAsync(command, cancellationToken);
            foreach (var item in page.Items)
            {
                found[item.RoomId] = item;
                Show(item, _known.GetValueOrDefault(item.RoomId) is not { } before ? unknown : Differ(before, item) ? "changed" : null);
            }

            if (page.Next is null)
                break;
        }

        foreach (var gone in _known.Values.Where(item => !found.ContainsKey(item.RoomId)))
            Show(gone, "gone");
        _known = found;
    }

    private void Show(Contracts.V1.Observation item, string? change)
    {
        if (change is null)
            return;

        _table.Write([item], change is "gone" ? change : null);
        output.Object(new { Change = change, Observation = item });
    }

    private static bool Differ(Contracts.V1.Observation before, Contracts.V1.Observation now) =>
        (before.Status, before.StatusSince, before.Account) != (now.Status, now.StatusSince, now.Account)
        || !string.Equals(before.Reason, now.Reason, StringComparison.Ordinal)
        || !string.Equals(before.Owner, now.Owner, StringComparison.Ordinal);
}
