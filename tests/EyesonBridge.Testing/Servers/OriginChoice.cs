namespace EyesonBridge.Testing.Servers;

/// <summary>Where servers of one kind come from: what the variables say, and what there is.</summary>
/// <param name="variables">The names of the environment variables: one says where from, one which server is given.</param>
/// <param name="forced">What the first says.</param>
/// <param name="given">What the second says.</param>
/// <param name="engineAnswers">Whether there is a container engine; asked at most once.</param>
internal sealed class OriginChoice((string Origin, string Given) variables, string? forced, string? given, Func<Task<bool>> engineAnswers)
{
    private readonly Lazy<Task<bool>> _engineAnswers = new(engineAnswers);

    /// <summary>The server that was given; null without.</summary>
    public string? Given { get; } = string.IsNullOrEmpty(given) ? null : given;

    /// <summary>That of this process.</summary>
    public static OriginChoice OfThisProcess(string originVariable, string givenVariable) => new(
        (originVariable, givenVariable),
        Environment.GetEnvironmentVariable(originVariable),
        Environment.GetEnvironmentVariable(givenVariable),
        ContainerEngine.AnswersAsync);

    /// <summary>Where a server comes from that is only talked to.</summary>
    /// <exception cref="InvalidOperationException">The variables cannot be understood.</exception>
    public async Task<ServerOrigin> SharedAsync() => Forced() switch
    {
        null when Given is not null => ServerOrigin.Given,
        null => await PrivateAsync(),
        ServerOrigin.Given when Given is null => throw new InvalidOperationException(
            $"{variables.Origin} is 'given', but {variables.Given} does not say which."),
        { } origin => origin,
    };

    /// <summary>Where a server comes from that is stopped, killed and paused: a given one does not do.</summary>
    /// <exception cref="InvalidOperationException">The variables cannot be understood.</exception>
    public async Task<ServerOrigin> PrivateAsync() =>
        Forced() is { } origin and not ServerOrigin.Given ? origin
        : await _engineAnswers.Value ? ServerOrigin.Container
        : ServerOrigin.Package;

    private ServerOrigin? Forced() => forced switch
    {
        null or "" => null,
        "given" => ServerOrigin.Given,
        "container" => ServerOrigin.Container,
        "package" => ServerOrigin.Package,
        _ => throw new InvalidOperationException($"{variables.Origin} is '{forced}'; it can be given, container or package."),
    };
}
