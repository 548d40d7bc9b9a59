using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation;

/// <summary>Finds every mistake in the section <c>Observer</c>.</summary>
internal sealed class ObserverOptionsValidator : IValidateOptions<ObserverOptions>
{
    public ValidateOptionsResult Validate(string? name, ObserverOptions options)
    {
        var problems = new List<string>();
        MustBePositive(nameof(options.ConnectTimeout), options.ConnectTimeout);
        MustBePositive(nameof(options.WelcomeTimeout), options.WelcomeTimeout);
        MustBePositive(nameof(options.ConfirmTimeout), options.ConfirmTimeout);
        MustBePositive(nameof(options.ReconnectWithin), options.ReconnectWithin);
        MustBePositive(nameof(options.WaitInterval), options.WaitInterval);
        if (options.SilenceTimeout < TimeSpan.FromSeconds(4))
            problems.Add("Observer:SilenceTimeout must be at least 00:00:04: Eyeson pings every 3 seconds.");
        if (options.ReconnectWithinAtMost < options.ReconnectWithin)
            problems.Add("Observer:ReconnectWithinAtMost must not be less than Observer:ReconnectWithin.");
        if (options.MaxFrameBytes is < 4096 or > 64 * 1024 * 1024)
            problems.Add("Observer:MaxFrameBytes must be from 4096 to 67108864.");

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void MustBePositive(string setting, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromHours(1))
                problems.Add($"Observer:{setting} must be greater than 0 and at most 01:00:00, not {value}.");
        }
    }
}
