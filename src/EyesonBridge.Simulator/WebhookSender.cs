using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <summary>Holds the webhooks, and sends events to them: signed, one after another, once each.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int QueueCapacity = 1000;
    private const int Kept = 1000;

    private readonly Channel<QueuedWebhook> _queue = Channel.CreateBounded<QueuedWebhook>(QueueCapacity);
    private readonly ConcurrentDictionary<string, SimulatedWebhook> _webhooks = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Queue<WebhookDelivery> _deliveries = [];
    private readonly TimeProvider _clock;
    private readonly Task _sending;
    private TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _dropped;
    private int _count;

    public WebhookSender(TimeProvider clock)
    {
        _clock = clock;
        _sending = Task.Run(RunAsync);
    }

    public ICollection<SimulatedWebhook> Webhooks => _webhooks.Values;

    /// <summary>How many have been sent since the start.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Events that found the queue full.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    /// <summary>The last thousand.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_gate)
                return [.. _deliveries];
        }
    }

    public SimulatedWebhook? Find(string apiKey) => _webhooks.GetValueOrDefault(apiKey);

    /// <summary>Replaces the one that the key has.</summary>
    public SimulatedWebhook Register(string apiKey, Uri url, IReadOnlyList<string> types) =>
        _webhooks[apiKey] = new SimulatedWebhook(apiKey, url, types);

    public bool Remove(string apiKey, string id) =>
        _webhooks.TryGetValue(apiKey, out var webhook)
        && string.Equals(webhook.Id, id, StringComparison.Ordinal)
        && _webhooks.TryRemove(new(apiKey, webhook));

    /// <summary>Queues an event for the webhook of the key, when it wants such events.</summary>
    public void Send<T>(string apiKey, string type, string property, T value)
    {
        if (Find(apiKey) is { } webhook && webhook.Types.Contains(type, StringComparer.Ordinal))
            Enqueue(new QueuedWebhook(webhook, type, WireJson.Webhook(type, property, value, _clock.GetUtcNow())));
    }

    /// <summary>Sends the same once more to the same address, as somebody does who replays it.</summary>
    public void Resend(WebhookDelivery delivery) => Enqueue(new QueuedWebhook(
        new SimulatedWebhook("", delivery.Url, []), delivery.Type, delivery.Body.ToArray())
    { Signature = delivery.Signature });

    /// <summary>Completes once so many have been sent since the start.</summary>
    public async Task WhenDeliveredAsync(int count, CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_count >= count)
                    return;
                changed = _delivered.Task;
            }

            await changed.WaitAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sending;
        _http.Dispose();
        _stopping.Dispose();
    }

    private void Enqueue(QueuedWebhook queued)
    {
        if (!_queue.Writer.TryWrite(queued))
            Interlocked.Increment(ref _dropped);
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var queued in _queue.Reader.ReadAllAsync(_stopping.Token))
                await DeliverAsync(queued);
        }
        catch (OperationCanceledException)
        {
            // The simulator stops; what is queued is lost, as at a server that stops.
        }
    }

    private async Task DeliverAsync(QueuedWebhook queued)
    {
        var signature = queued.Signature
            ?? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(queued.Webhook.ApiKey), queued.Body));
        var sentAt = _clock.GetUtcNow();
        queued.Webhook.LastRequestSentAt = sentAt;
        queued.Webhook.LastResponseCode = await PostAsync(queued, signature);
        lock (_gate)
        {
            _deliveries.Enqueue(new WebhookDelivery
            {
                Number = ++_count,
                Url = queued.Webhook.Url,
                Type = queued.Type,
                Body = queued.Body,
                Signature = signature,
                SentAt = sentAt,
                Status = queued.Webhook.LastResponseCode,
            });
            if (_deliveries.Count > Kept)
                _deliveries.Dequeue();
            _delivered.TrySetResult();
            _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task<int?> PostAsync(QueuedWebhook queued, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, queued.Webhook.Url) { Content = new ByteArrayContent(queued.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Eyeson-Signature", signature);
        try
        {
            using var response = await _http.SendAsync(request, _stopping.Token);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !_stopping.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>A webhook that waits to be sent.</summary>
    private sealed record QueuedWebhook(SimulatedWebhook Webhook, string Type, byte[] Body)
    {
        /// <summary>A signature made before; null makes one.</summary>
        public string? Signature { get; init; }
    }
}
