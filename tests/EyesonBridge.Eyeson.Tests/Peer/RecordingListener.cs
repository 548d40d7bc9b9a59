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

    /// <summary>What it wants to hear no more after.</summary>
    public string? StopAfter { get; init; }

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

    public async ValueTask OnWelcomeAsync(CableWelcome welcome) =>
        await HearAsync(welcome.Sid is null ? "welcome" : $"welcome {welcome.Sid} {welcome.Restored}");

    public async ValueTask OnSubscribedAsync() => await HearAsync("subscribed");

    public ValueTask<CableNext> OnMessageAsync(CableMessage message)
    {
        Messages.Add(message with { Body = message.Body.ToArray() });
        return HearAsync("message " + Encoding.UTF8.GetString(message.Body.Span));
    }

    public ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame) => HearAsync("unreadable " + Encoding.UTF8.GetString(frame.Span));

    public ValueTask<CableNext> OnHistoryAsync(CableHistoryAnswer answer) => HearAsync($"history {answer}");

    private async ValueTask<CableNext> HearAsync(string what)
    {
        _heard.Writer.TryWrite(what);
        await OnHeard(what);
        return string.Equals(what, StopAfter, StringComparison.Ordinal) ? CableNext.Stop : CableNext.GoOn;
    }
}
