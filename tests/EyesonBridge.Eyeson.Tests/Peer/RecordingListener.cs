using System.Text;
using System.Threading.Channels;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>Writes down what it hears, as text, and can be made slow or faulty.</summary>
internal sealed class RecordingListener : ICableListener
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();

    /// <summary>Awaited in every call, after it was written down.</summary>
    public Func<string, Task> OnHeard { get; init; } = _ => Task.CompletedTask;

    public List<CableMessage> Messages { get; } = [];

    /// <summary>The next thing heard.</summary>
    public ValueTask<string> NextAsync() => _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>All that was heard and not yet asked for.</summary>
    public IReadOnlyList<string> Rest()
    {
        var rest = new List<string>();
        while (_heard.Reader.TryRead(out var heard))
            rest.Add(heard);
        return rest;
    }

    public ValueTask OnWelcomeAsync(CableWelcome welcome) =>
        HearAsync(welcome.Sid is null ? "welcome" : $"welcome {welcome.Sid} {welcome.Restored}");

    public ValueTask OnSubscribedAsync() => HearAsync("subscribed");

    public ValueTask OnMessageAsync(CableMessage message)
    {
        Messages.Add(message with { Body = message.Body.ToArray() });
        return HearAsync("message " + Encoding.UTF8.GetString(message.Body.Span));
    }

    public ValueTask OnUnreadableAsync(ReadOnlyMemory<byte> frame) => HearAsync("unreadable " + Encoding.UTF8.GetString(frame.Span));

    public ValueTask OnHistoryAsync(bool granted) => HearAsync($"history {granted}");

    private async ValueTask HearAsync(string what)
    {
        _heard.Writer.TryWrite(what);
        await OnHeard(what);
    }
}
