using System.Buffers;
using System.Text.Json;

namespace EyesonBridge.Bus;

/// <summary>Where an envelope is written, one after the other. Not thread-safe.</summary>
#pragma warning disable CA1001 // the writer is over memory, and has nothing to give back
internal sealed class EnvelopeBuffer
#pragma warning restore CA1001
{
    private const int Usual = 4096;
    private const int MostKept = 256 * 1024;

    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _bytes = new(Usual);

    public EnvelopeBuffer() => _json = new Utf8JsonWriter(_bytes, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Begins another envelope: what was written before is not good any more.</summary>
    public Utf8JsonWriter Begin()
    {
        if (_bytes.Capacity > MostKept) // a large event is rare, and its room is not held for the next
            _bytes = new ArrayBufferWriter<byte>(Usual);
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        return _json;
    }

    /// <summary>What was written; good until the next begins.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _json.Flush();
        return _bytes.WrittenMemory;
    }
}
