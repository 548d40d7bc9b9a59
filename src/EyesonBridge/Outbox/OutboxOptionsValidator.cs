using Microsoft.Extensions.Options;

namespace EyesonBridge.Outbox;

/// <summary>Finds every mistake in the section <c>Outbox</c>.</summary>
internal sealed class OutboxOptionsValidator : IValidateOptions<OutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options) =>
        options.MaxBytes >= 64 * 1024
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Outbox:MaxBytes must be at least 65536 (bytes).");
}
