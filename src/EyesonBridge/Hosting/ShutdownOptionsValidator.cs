using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting;

/// <summary>Finds every mistake in the section <c>Host</c>.</summary>
internal sealed class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>
{
    public ValidateOptionsResult Validate(string? name, ShutdownOptions options) =>
        options.ShutdownTimeout >= TimeSpan.FromSeconds(2) && options.ShutdownTimeout <= TimeSpan.FromHours(1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Host:ShutdownTimeout must be from 00:00:02 to 01:00:00.");
}
