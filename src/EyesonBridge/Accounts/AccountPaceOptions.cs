using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Accounts;

/// <summary>How fast an account opens sockets and calls REST; in the section <c>Observer</c>, beside what observers do with them.</summary>
internal sealed class AccountPaceOptions
{
    public const string Section = "Observer";

    /// <summary>How many sockets of an account are opened in a second, on average. Default 200.</summary>
    [Range(1, 1_000_000)]
    public int HandshakesPerSecond { get; set; } = 200;

    /// <summary>How many sockets of an account may be opened at once before that rate holds. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int HandshakeBurst { get; set; } = 1_000;

    /// <summary>How many calls of REST an account makes in a second, on average, for gaps and recordings. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 20;
}
