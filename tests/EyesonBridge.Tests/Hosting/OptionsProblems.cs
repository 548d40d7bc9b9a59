using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Hosting;

/// <summary>What validators say of options.</summary>
internal static class OptionsProblems
{
    public static IReadOnlyList<string> ProblemsOf<TOptions>(IValidateOptions<TOptions> validator, TOptions options)
        where TOptions : class => [.. validator.Validate(name: null, options).Failures ?? []];

    /// <summary>That so many problems were found, and that the first one names the setting.</summary>
    public static void AssertNames(string setting, IReadOnlyList<string> problems, int howMany = 1)
    {
        Assert.Equal(howMany, problems.Count);
        Assert.StartsWith(setting, problems[0], StringComparison.Ordinal);
    }

    /// <summary>That each of these settings is named, and nothing else.</summary>
    public static void AssertNamed(IReadOnlyList<string> problems, params string[] settings)
    {
        Assert.Equal(settings.Length, problems.Count);
        Assert.All(settings, setting => Assert.Single(problems, problem => problem.Contains(setting, StringComparison.Ordinal)));
    }
}
