using System.Diagnostics.CodeAnalysis;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>The result of a call. It contains no key; its text can be logged.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed record RestResult<T>
    where T : class
{
    /// <summary>The outcome of the call.</summary>
    public required RestOutcome Outcome { get; init; }

    /// <summary>Whether there is a <see cref="Value"/>.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Value is not null;

    /// <summary>What was asked for; only with <see cref="RestOutcome.Ok"/>.</summary>
    public T? Value { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>How long to wait before the next call, if the server says so (<c>Retry-After</c>).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the answer took.</summary>
    internal long BodyBytes { get; init; }

    /// <summary>One sentence for people; null when the outcome says everything.</summary>
    public string? Reason { get; init; }
}
