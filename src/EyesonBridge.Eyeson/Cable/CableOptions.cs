using System.Net.Security;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Timeouts and limits of connections. One timer checks all of them, so silence is noticed up to 50 ms late, and what is
/// waited for after the listener was at work up to a second. Time that the listener takes does not count.
/// </summary>
public sealed record CableOptions
{
    /// <summary>For TCP, TLS and the upgrade; default 10 s. Then the ending is <see cref="CableEndingKind.ConnectFailed"/>.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the upgrade to <c>welcome</c>; default 10 s. Then the ending is <see cref="CableEndingKind.WelcomeTimedOut"/>.</summary>
    public TimeSpan WelcomeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When an unconfirmed subscription is sent a second and last time; default 5 s.</summary>
    public TimeSpan SubscribeResendAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the first subscribe to its confirmation; default 10 s. Then the ending is <see cref="CableEndingKind.ConfirmTimedOut"/>.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From the confirmation to the answer to <see cref="CableTarget.History"/>; default 5 s. Then, at the next frame (a ping counts),
    /// the listener is told <see cref="CableHistoryAnswer.Overdue"/>.
    /// </summary>
    public TimeSpan HistoryTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a subscribed socket may stay without any frame; default 7 s, which is slightly more than two missed pings.
    /// Then the ending is <see cref="CableEndingKind.Silent"/>.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>
    /// Decides whether to accept the server's certificate, as for any TLS stream. Null, the default, leaves it to the system:
    /// chain and name must be valid.
    /// </summary>
    public RemoteCertificateValidationCallback? ServerCertificateCheck { get; init; }

    /// <summary>How long the peer may take to answer our close frame; default 2 s. Then the socket is aborted.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The largest message read whole, in bytes; default 1 MiB. Of a larger one the listener gets this many bytes as
    /// unreadable, and the connection stays open.
    /// </summary>
    public int MaxFrameBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// True when frames are read, and the listener is called, on the one thread that learns which sockets have something, where the
    /// runtime offers that; default false: a thread of the pool is woken for each. It saves a good part of what a frame costs while there
    /// are few at a time, and is only for listeners that never block: while one does, no socket of the process is served.
    /// </summary>
    public bool ReadInline { get; init; }
}
