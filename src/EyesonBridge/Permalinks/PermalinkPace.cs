using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Pacing;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Permalinks;

/// <summary>When Eyeson may be asked about permalinks: one rate for all of them, and silence for as long as Eyeson asks for it.</summary>
internal sealed class PermalinkPace(IOptions<PermalinkOptions> options, TimeProvider time, ILogger<PermalinkPace> logger)
{
    /// <summary>Eyeson is asked again after that, whatever it asked for: one answer must not keep meetings unobserved for a day.</summary>
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly RateLimiter _calls = new(options.Value.CallsPerSecond, 1, time);
    private long _quietSince;
    private TimeSpan _quiet;
    private bool _isAnswering = true;

    /// <summary>How many wait for a turn.</summary>
    public int Waiting => _calls.Waiting;

    /// <summary>Waits for a turn to ask.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _calls.WaitAsync(cancellationToken);
        while (Quiet() is var quiet && quiet > TimeSpan.Zero)
        {
            await Task.Delay(quiet, time, cancellationToken);
            await _calls.WaitAsync(cancellationToken); // all who waited come at once
        }
    }

    /// <summary>Notes the outcome of a call. An outage is logged once when it begins, and once when it is over.</summary>
    public void Note<T>(RestResult<T> answer)
        where T : class
    {
        lock (_gate)
        {
            if (answer.Outcome == RestOutcome.TooManyRequests)
            {
                var asked = answer.RetryAfter ?? options.Value.PollInterval;
                var quiet = asked < LongestQuiet ? asked : LongestQuiet;
                if (quiet > QuietLeft())
                    (_quietSince, _quiet) = (time.GetTimestamp(), quiet);
            }

            var isAnswer = answer.IsOk || answer.Outcome is RestOutcome.NotFound or RestOutcome.Gone;
            if (isAnswer == _isAnswering)
                return;

            _isAnswering = isAnswer;
        }

        if (_isAnswering)
            logger.Answers();
        else
            logger.NotAnswered(answer.Outcome.ToString());
    }

    private TimeSpan Quiet()
    {
        lock (_gate)
            return QuietLeft();
    }

    private TimeSpan QuietLeft() => _quiet > TimeSpan.Zero ? _quiet - time.GetElapsedTime(_quietSince) : TimeSpan.Zero;
}
