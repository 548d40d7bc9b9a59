namespace EyesonBridge.Cli.Completion;

/// <summary>An option as a shell completes it.</summary>
/// <param name="Names">Its name and its aliases.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Values">The values that there are; none when any will do.</param>
internal sealed record OptionSyntax(IReadOnlyList<string> Names, string Summary, bool TakesValue, IReadOnlyList<string> Values);
