using System.Globalization;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Api;

/// <summary>What <c>/api/rooms</c> was asked for.</summary>
/// <param name="Filter">Which rooms.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record RoomQuestion(RoomFilter Filter, int Limit)
{
    public const int DefaultLimit = 100;

    public const int MaxLimit = 1000;

    private const int MostText = 256;

    /// <summary>Reads the parameters of an address.</summary>
    /// <returns>Null when they are wrong.</returns>
    public static RoomQuestion? Read(string? state, string? account, string? text, string? after, string? limit, out string? problem)
    {
        problem = null;
        var states = new List<ObservationStatus>();
        foreach (var name in (state ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (EnumNames<ObservationStatus>.Find(name) is { } known)
                states.Add(known);
            else
                problem = $"state must be one or several of {string.Join(", ", Enum.GetValues<ObservationStatus>().Select(EnumNames<ObservationStatus>.Of))}, separated by commas.";
        }

        var most = DefaultLimit;
        if (!string.IsNullOrEmpty(limit) && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= MaxLimit))
            problem = $"limit must be a number from 1 to {MaxLimit}.";
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("account", account), ("q", text), ("after", after)])
        {
            if (value?.Length > MostText)
                problem = $"{name} must not be longer than {MostText} characters.";
            else if (value?.Contains('\0') == true)
                problem = $"{name} must not have a NUL in it.";
        }

        var filter = new RoomFilter { Statuses = new StatusSet(states), Account = account ?? "", Text = text ?? "", After = after ?? "" };
        return problem is null ? new RoomQuestion(filter, most) : null;
    }
}
