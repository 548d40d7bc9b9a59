using System.Text.Json.Serialization;

namespace EyesonBridge.Cli.Configuration;

/// <summary>A setting as it counts.</summary>
/// <param name="Name">Its name, such as <c>Bus:Url</c>.</param>
/// <param name="Environment">The environment variable for it.</param>
/// <param name="Value">Its value, without what is secret in it.</param>
/// <param name="IsSecret">Whether something of the value was left out.</param>
/// <param name="From">What kind of place it comes from.</param>
/// <param name="Where">Which file, variable or option that is; null for a default.</param>
/// <param name="IsKnown">False when the program has no such setting, so that it has no effect.</param>
internal sealed record Setting(
    string Name,
    string Environment,
    string? Value,
    [property: JsonPropertyName("secret")] bool IsSecret,
    string From,
    string? Where,
    [property: JsonPropertyName("known")] bool IsKnown);
