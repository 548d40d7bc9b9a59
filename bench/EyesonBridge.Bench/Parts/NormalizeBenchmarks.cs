using BenchmarkDotNet.Attributes;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;

namespace EyesonBridge.Bench.Parts;

/// <summary>From what Eyeson said to what happened.</summary>
[BenchmarkCategory("normalize")]
[MemoryDiagnoser]
public class NormalizeBenchmarks
{
    private readonly ObserverEvent _frame = SampleFrame.Read();

    /// <summary>A chat message.</summary>
    [Benchmark]
    public object Chat() => Meeting.Apply(MeetingState.Unknown, _frame, SampleFrame.Context).Events;
}
