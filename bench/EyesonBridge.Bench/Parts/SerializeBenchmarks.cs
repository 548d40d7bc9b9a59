using BenchmarkDotNet.Attributes;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Bench.Parts;

/// <summary>From what happened to the bytes that the outbox keeps, and from those to the message.</summary>
[BenchmarkCategory("serialize")]
[MemoryDiagnoser]
public class SerializeBenchmarks
{
    private readonly RoomEvent _event = SampleFrame.Event();
    private readonly EnvelopeBuffer _buffer = new();
    private OutboxEntry _entry = null!;

    /// <summary>An entry of the outbox.</summary>
    [GlobalSetup]
    public void Setup() => _entry = new OutboxEntry(
        1, _event.RoomId, _event.Sequence, _event.EventId, nameof(ChatMessageSent), EventSerializer.Write(_event), TraceParent: null, _event.ObservedAt)
    { IsFresh = true };

    /// <summary>A chat message.</summary>
    [Benchmark]
    public object Chat() => EventSerializer.Write(_event);

    /// <summary>The envelope around it.</summary>
    [Benchmark]
    public object Envelope() => SampleFrame.Envelope.Of(_entry, _buffer);
}
