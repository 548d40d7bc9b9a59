using EyesonBridge.Observation;
using static EyesonBridge.Tests.Hosting.OptionsProblems;

namespace EyesonBridge.Tests.Observation;

public sealed class ObserverOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine() => Assert.Empty(ProblemsOf(new ObserverOptionsValidator(), new ObserverOptions()));

    [Theory]
    [InlineData(nameof(ObserverOptions.ConnectTimeout))]
    [InlineData(nameof(ObserverOptions.WelcomeTimeout))]
    [InlineData(nameof(ObserverOptions.ConfirmTimeout))]
    [InlineData(nameof(ObserverOptions.ReconnectWithin))]
    [InlineData(nameof(ObserverOptions.WaitInterval))]
    public void Validate_ObserverTimes_MustBePositiveAndBelowAnHour(string setting)
    {
        foreach (var value in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromHours(2) })
        {
            var options = new ObserverOptions { ReconnectWithinAtMost = TimeSpan.FromHours(3) };
            typeof(ObserverOptions).GetProperty(setting)!.SetValue(options, value);

            AssertNames($"Observer:{setting}", ProblemsOf(new ObserverOptionsValidator(), options));
        }
    }

    [Fact]
    public void Validate_OtherObserverSettings_MustMakeSense()
    {
        AssertNames("Observer:SilenceTimeout", Observer(options => options.SilenceTimeout = TimeSpan.FromSeconds(3)));
        AssertNames("Observer:ReconnectWithinAtMost", Observer(options => options.ReconnectWithinAtMost = TimeSpan.FromSeconds(2)));
        AssertNames("Observer:MaxFrameBytes", Observer(options => options.MaxFrameBytes = 4095));
        AssertNames("Observer:MaxFrameBytes", Observer(options => options.MaxFrameBytes = (64 * 1024 * 1024) + 1));
    }

    private static IReadOnlyList<string> Observer(Action<ObserverOptions> change)
    {
        var options = new ObserverOptions();
        change(options);
        return ProblemsOf(new ObserverOptionsValidator(), options);
    }
}
