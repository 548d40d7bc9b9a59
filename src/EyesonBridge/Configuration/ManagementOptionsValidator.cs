using Microsoft.Extensions.Options;

namespace EyesonBridge.Configuration;

/// <summary>Finds every mistake in the section <c>Management</c>.</summary>
internal sealed class ManagementOptionsValidator : IValidateOptions<ManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, ManagementOptions options) =>
        Uri.TryCreate(options.Url, UriKind.Absolute, out var url) && string.Equals(url.Scheme, "http", StringComparison.Ordinal)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Management:Url must be an http address such as http://0.0.0.0:8080, not '{options.Url}'.");
}
