using System.Text.Json;
using BenchmarkDotNet.Attributes;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Bench.Parts;

/// <summary>Reading a frame, against only parsing its text, which is the least that it can cost.</summary>
[BenchmarkCategory("frame")]
[MemoryDiagnoser]
public class FrameBenchmarks
{
    /// <summary>The framework reads the event as JSON, and nobody looks at it.</summary>
    [Benchmark(Baseline = true)]
    public void ParseJson() => JsonDocument.Parse(SampleFrame.Body).Dispose();

    /// <summary>The event as a record.</summary>
    [Benchmark]
    public object ReadEvent() => ObserverEventReader.Read(SampleFrame.Body);
}
