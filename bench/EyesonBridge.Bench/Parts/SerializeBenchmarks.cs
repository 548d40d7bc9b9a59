using BenchmarkDotNet.Attributes;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Bench.Parts;

/// <summary>From what happened to the bytes that the outbox keeps.</summary>
[BenchmarkCategory("serialize")]
[MemoryDiagnoser]
public class SerializeBenchmarks
{
    private readonly RoomEvent _event = SampleFrame.Event();

    /// <summary>A chat message.</summary>
    [Benchmark]
    public object Chat() => SampleFrame.Envelope.Write(_event, traceParent: null);
}
