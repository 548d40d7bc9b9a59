using System.CommandLine;
using EyesonBridge.Schemas;

namespace EyesonBridge.Cli;

/// <summary><c>schema</c>: the contracts for machines.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var type = new Argument<string?>("TYPE")
        {
            Description = "What to print: a message, Envelope, or asyncapi. If omitted, lists what there is.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var write = new Option<string?>("--write") { Description = "Write all documents into this folder.", HelpName = "FOLDER" };
        return new Command("schema", """
            Prints the JSON Schema of a message, of the envelope around it, or the AsyncAPI document for all of them.

            Example:
              eyeson-bridge schema ParticipantJoined
            """)
        {
            type,
            write,
        }.Does(async (context, cancellationToken) =>
        {
            if (context.GetValue(write) is not null && context.GetValue(type) is not null)
                throw new CommandFailure("--write writes all documents: leave out TYPE, or redirect what is printed.", ExitCodes.Usage);

            var documents = SchemaDocuments.Create();
            if (context.GetValue(write) is { } folder)
                await WriteAsync(documents, folder, context.Output, cancellationToken);
            else if (context.GetValue(type) is { } name)
                context.Output.Write(Find(documents, name).Text);
            else
                List(documents, context.Output);
            return ExitCodes.Success;
        });
    }

    private static void List(IReadOnlyList<SchemaDocument> documents, CommandOutput output)
    {
        foreach (var document in documents)
            output.Line($"{document.Name,-28} {Describe(document.Kind)}");
    }

    private static SchemaDocument Find(IReadOnlyList<SchemaDocument> documents, string name) =>
        documents.FirstOrDefault(document => string.Equals(document.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandFailure($"There is no schema of '{name}'. There are: {string.Join(", ", documents.Select(document => document.Name))}.", ExitCodes.Usage);

    private static async Task WriteAsync(IReadOnlyList<SchemaDocument> documents, string folder, CommandOutput output, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var document in documents)
            {
                var file = Path.Combine(folder, document.File);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllTextAsync(file, document.Text, cancellationToken);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The documents cannot be written into '{folder}': {error.Message}");
        }

        output.Line($"{documents.Count} documents written into {folder}.");
    }

    private static string Describe(SchemaKind kind) => kind switch
    {
        SchemaKind.Event => "event",
        SchemaKind.Command => "command",
        SchemaKind.Answer => "answer to a command",
        SchemaKind.Envelope => "what is around every message",
        _ => "AsyncAPI document: all messages, and the exchanges that they go over",
    };
}
