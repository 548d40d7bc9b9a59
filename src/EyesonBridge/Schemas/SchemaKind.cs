namespace EyesonBridge.Schemas;

/// <summary>What a <see cref="SchemaDocument"/> describes.</summary>
internal enum SchemaKind
{
    /// <summary>Something that the bridge publishes.</summary>
    Event,

    /// <summary>Something that the bridge is asked for.</summary>
    Command,

    /// <summary>What a command is answered with.</summary>
    Answer,

    /// <summary>What is around every message.</summary>
    Envelope,

    /// <summary>All of it, with the exchanges that it goes over.</summary>
    AsyncApi,
}
