using System.Globalization;

namespace EyesonBridge.Simulator;

/// <summary>The command line of the executable.</summary>
internal sealed record SimulatorArguments
{
    public const string Help = """
        A stand-in for Eyeson: observer socket and REST, driven over HTTP below /simulator.

        Usage: EyesonBridge.Simulator [--url URL] [--api-key KEY]... [--room ID]... [--script [--speed N]] [--extended]

          --url URL       where to listen (http://localhost:5710; port 0 takes a free one)
          --api-key KEY   a key to accept (demo-key)
          --room ID       a meeting that runs from the start (demo)
          --script        runs a scripted meeting in each room once somebody observes it
          --extended      also speaks AnyCable's extended protocol, with sessions and history
          --speed N       how many times faster than 20 s the script runs (1)
          --help          this text
        """;

    public string Url { get; private set; } = "http://localhost:5710";

    public List<string> ApiKeys { get; } = [];

    public List<string> Rooms { get; } = [];

    public bool Script { get; private set; }

    public bool Extended { get; private set; }

    public double Speed { get; private set; } = 1;

    public bool WantsHelp { get; private set; }

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static SimulatorArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new SimulatorArguments();
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--url":
                    parsed.Url = HttpUrl(Next());
                    break;
                case "--api-key":
                    parsed.ApiKeys.Add(Next());
                    break;
                case "--room":
                    parsed.Rooms.Add(Next());
                    break;
                case "--script":
                    parsed.Script = true;
                    break;
                case "--extended":
                    parsed.Extended = true;
                    break;
                case "--speed":
                    parsed.Speed = Positive(Next());
                    break;
                case "--help" or "-h":
                    parsed.WantsHelp = true;
                    break;
                default:
                    throw new FormatException($"Unknown argument '{args[i]}'. --help lists all arguments.");
            }

            string Next() => ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i]
                : throw new FormatException($"The argument '{args[i - 1]}' needs a value.");
        }

        if (parsed.ApiKeys.Count == 0)
            parsed.ApiKeys.Add("demo-key");
        if (parsed.Rooms.Count == 0)
            parsed.Rooms.Add("demo");
        return parsed;
    }

    private static string HttpUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url) && string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
            ? value
            : throw new FormatException($"'{value}' is not an http URL; --url takes one such as http://localhost:5710.");

    private static double Positive(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{value}' is not a speed; --speed takes a number greater than zero.");
}
