using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace EyesonBridge.Tests.Permalinks;

/// <summary>Eyeson as far as permalinks go: answers as told, and keeps when each was asked for.</summary>
internal sealed class ScriptedPermalinks(TimeProvider time) : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpResponseMessage>> _answers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly List<(string Token, DateTimeOffset At)> _asked = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When which token was asked for.</summary>
    public IReadOnlyList<(string Token, DateTimeOffset At)> Asked
    {
        get
        {
            lock (_gate)
                return [.. _asked];
        }
    }

    /// <summary>How often any was asked for.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _asked.Count;
        }
    }

    public void Waits(string token) => Answer(token, () => Json($$$"""{"permalink":{"id":"p-{{{token}}}"},"room":{"id":"r-{{{token}}}","started_at":null}}"""));

    public void Started(string token, DateTimeOffset at) =>
        Answer(token, () => Json($$$"""{"permalink":{"id":"p-{{{token}}}"},"room":{"id":"r-{{{token}}}","name":"Weekly","started_at":"{{{at:O}}}"}}"""));

    public void Expired(string token, DateTimeOffset at) =>
        Answer(token, () => Json($$$"""{"permalink":{"id":"p-{{{token}}}","expires_at":"{{{at:O}}}"},"room":{"id":"r-{{{token}}}"}}"""));

    public void Refuses(string token, HttpStatusCode status, int? retryAfter = null) => Answer(token, () =>
    {
        var response = new HttpResponseMessage(status);
        if (retryAfter is { } seconds)
            response.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return response;
    });

    /// <summary>Completes once a token was asked for so many times in all.</summary>
    public async Task WhenAskedAsync(string token, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_asked.Count(asked => string.Equals(asked.Token, token, StringComparison.Ordinal)) >= count)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = request.RequestUri!.Segments[^1];
        var response = _answers.TryGetValue(token, out var answer) ? answer() : new HttpResponseMessage(HttpStatusCode.NotFound);
        lock (_gate)
        {
            _asked.Add((token, time.GetUtcNow()));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return Task.FromResult(response);
    }

    private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private void Answer(string token, Func<HttpResponseMessage> answer) => _answers[token] = answer;
}
