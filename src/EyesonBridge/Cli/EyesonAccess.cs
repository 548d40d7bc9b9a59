using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Hosting;
using EyesonBridge.Tls;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Cli;

/// <summary>Eyeson's REST for commands that ask it directly, with the settings of the bridge.</summary>
internal sealed class EyesonAccess : IDisposable
{
    private readonly ServerTrust _trust;
    private readonly HttpClient _http;
    private readonly AccountKeys _accounts;
    private readonly EyesonOptions _options;

    private readonly TimeSpan? _timeout;

    private EyesonAccess(EyesonOptions options, TimeSpan? timeout)
    {
        _timeout = timeout;
        _options = options;
        _trust = new ServerTrust("Eyeson", "Eyeson:CaFile", options.CaFile, NullLogger.Instance);
        _http = new HttpClient(EyesonHttpHandler.Create(_trust));
        _accounts = new AccountKeys(Options.Create(options));
    }

    /// <summary>The names of all accounts.</summary>
    public IReadOnlyList<string> Accounts => _accounts.Names;

    /// <summary>Why Eyeson's certificate was rejected; null when it was not.</summary>
    public string? TrustProblem => _trust.Problem;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationException">They are wrong.</exception>
    public static EyesonAccess Open(CliSettings settings) =>
        new(settings.Read(EyesonOptions.Section, new EyesonOptionsValidator()), settings.Timeout);

    /// <summary>REST with the key of an account.</summary>
    /// <exception cref="CommandFailure">There is no such account, or its key cannot be read.</exception>
    public EyesonRestClient Of(string? account)
    {
        var name = _accounts.Find(account)
            ?? throw new CommandFailure($"No account '{account ?? AccountKeys.DefaultAccount}' is configured. Configured accounts: {string.Join(", ", Accounts)}.", ExitCodes.Usage);
        if (!_accounts.TryGetKey(name, out var apiKey))
            throw new CommandFailure($"The API key of account '{name}' cannot be read. Check the file that Eyeson:Accounts:{name}:ApiKeyFile names.");

        var access = new EyesonRestOptions { Url = new Uri(_options.Url), ApiKey = apiKey };
        return new EyesonRestClient(_http, _timeout is { } timeout ? access with { Timeout = timeout } : access);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The value, or what is wrong in one line.</summary>
    /// <exception cref="CommandFailure">There is no value.</exception>
    public static T Require<T>(RestResult<T> result)
        where T : class => result.IsOk ? result.Value : throw new CommandFailure(Explain(result.Outcome, result.Status));

    /// <summary>What an outcome means, and what to do.</summary>
    public static string Explain(RestOutcome outcome, int? status) => outcome switch
    {
        RestOutcome.KeyRefused => "Eyeson rejects the API key. Set a valid key under Eyeson:Accounts.",
        RestOutcome.NotFound => "Eyeson did not find it (HTTP 404).",
        RestOutcome.TooManyRequests => "Eyeson limits the rate of requests (HTTP 429). Try again in a minute.",
        RestOutcome.Unreachable => "Eyeson does not answer, or its certificate is not trusted (doctor says which). Check Eyeson:Url, Eyeson:CaFile and the network.",
        _ => $"Eyeson gave an unexpected answer ({outcome}{(status is { } code ? $", HTTP {code}" : "")}). Try again later.",
    };
}
