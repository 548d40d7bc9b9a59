namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>Where brokers come from: what the variables say, and what there is.</summary>
/// <param name="forced">What <see cref="KindVariable"/> says.</param>
/// <param name="given">What <see cref="RabbitMqServer.UrlVariable"/> says.</param>
/// <param name="engineAnswers">Whether there is a container engine; asked at most once.</param>
internal sealed class BrokerChoice(string? forced, string? given, Func<Task<bool>> engineAnswers)
{
    /// <summary>The environment variable that says where brokers come from, whatever else there is.</summary>
    public const string KindVariable = "EYESONBRIDGE_TEST_BROKER";

    private readonly Lazy<Task<bool>> _engineAnswers = new(engineAnswers);

    /// <summary>That of this process.</summary>
    public static BrokerChoice OfThisProcess { get; } = new(
        Environment.GetEnvironmentVariable(KindVariable), Environment.GetEnvironmentVariable(RabbitMqServer.UrlVariable), ContainerEngine.AnswersAsync);

    /// <summary>The kind of a broker that is only talked to.</summary>
    /// <exception cref="InvalidOperationException">The variables cannot be understood.</exception>
    public async Task<BrokerKind> SharedAsync() => Forced() switch
    {
        null when GivenUrl is not null => BrokerKind.Given,
        null => await PrivateAsync(),
        BrokerKind.Given when GivenUrl is null => throw new InvalidOperationException(
            $"{KindVariable} is 'given', but {RabbitMqServer.UrlVariable} does not say which broker."),
        { } kind => kind,
    };

    /// <summary>The kind of a broker that is stopped, killed and paused: a given one does not do.</summary>
    /// <exception cref="InvalidOperationException">The variables cannot be understood.</exception>
    public async Task<BrokerKind> PrivateAsync() =>
        Forced() is { } kind and not BrokerKind.Given ? kind
        : await _engineAnswers.Value ? BrokerKind.Container
        : BrokerKind.Package;

    /// <summary>The broker that was given; null without.</summary>
    public Uri? GivenUrl { get; } = string.IsNullOrEmpty(given) ? null : new Uri(given);

    private BrokerKind? Forced() => forced switch
    {
        null or "" => null,
        "given" => BrokerKind.Given,
        "container" => BrokerKind.Container,
        "package" => BrokerKind.Package,
        _ => throw new InvalidOperationException($"{KindVariable} is '{forced}'; it can be given, container or package."),
    };
}
