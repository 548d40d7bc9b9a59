namespace EyesonBridge.Schemas;

/// <summary>A document that describes contracts for machines.</summary>
/// <param name="Name">What it describes: a message, <c>Envelope</c>, or <c>asyncapi</c>.</param>
/// <param name="Kind">What that is.</param>
/// <param name="File">Its path below <c>docs/contracts</c>.</param>
/// <param name="Text">The document: indented JSON.</param>
internal sealed record SchemaDocument(string Name, SchemaKind Kind, string File, string Text);
