using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>Finds every mistake in <see cref="AccountPaceOptions"/>.</summary>
internal sealed class AccountPaceOptionsValidator : IValidateOptions<AccountPaceOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountPaceOptions options)
    {
        var problems = new List<string>();
        MustBeCount(nameof(options.HandshakesPerSecond), options.HandshakesPerSecond);
        MustBeCount(nameof(options.HandshakeBurst), options.HandshakeBurst);
        MustBeCount(nameof(options.CallsPerSecond), options.CallsPerSecond);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void MustBeCount(string setting, int value)
        {
            if (value is < 1 or > 1_000_000)
                problems.Add($"{AccountPaceOptions.Section}:{setting} must be from 1 to 1000000, not {value}.");
        }
    }
}
