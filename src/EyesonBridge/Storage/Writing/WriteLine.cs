namespace EyesonBridge.Storage.Writing;

/// <summary>Writes in a line, linked by themselves, so that a place in it costs nothing.</summary>
internal sealed class WriteLine
{
    /// <summary>How many stand in it.</summary>
    public int Count { get; private set; }

    /// <summary>What they carry, roughly.</summary>
    public long Bytes { get; private set; }

    public WriteOperation? First { get; private set; }

    private WriteOperation? Last { get; set; }

    /// <summary>Adds a write at the end.</summary>
    public void Add(WriteOperation operation)
    {
        operation.Line = this;
        operation.Previous = Last;
        if (Last is null)
            First = operation;
        else
            Last.Next = operation;
        Last = operation;
        Count++;
        Bytes += operation.Bytes;
    }

    /// <summary>Removes a write that stands in this line.</summary>
    public void Remove(WriteOperation operation)
    {
        if (operation.Previous is null)
            First = operation.Next;
        else
            operation.Previous.Next = operation.Next;
        if (operation.Next is null)
            Last = operation.Previous;
        else
            operation.Next.Previous = operation.Previous;
        operation.Line = null;
        operation.Previous = operation.Next = null;
        Count--;
        Bytes -= operation.Bytes;
    }
}
