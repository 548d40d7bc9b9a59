namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// The patience of one connection. The connection tells what happens, the watchdog asks what is overdue. While the
/// listener works nobody reads, so what we wait for may long be there: that time does not count.
/// </summary>
internal sealed class CableDeadlines(CableOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private CablePhase _phase;
    private long _since = clock.GetTimestamp();
    private long? _busySince;
    private long? _historyAwaitedSince;
    private bool _resent;

    /// <summary>Since when nothing has come on a subscribed connection; null before that, and while it is being closed.</summary>
    public TimeSpan? SilentFor
    {
        get
        {
            lock (_gate)
                return _phase == CablePhase.Subscribed ? clock.GetElapsedTime(_since) : null;
        }
    }

    public void Enter(CablePhase phase)
    {
        lock (_gate)
        {
            if (_phase == CablePhase.Closing)
                return;

            _phase = phase;
            _since = clock.GetTimestamp();
        }
    }

    public void FrameArrived()
    {
        lock (_gate)
        {
            if (_phase == CablePhase.Subscribed)
                _since = clock.GetTimestamp();
        }
    }

    /// <summary>From now on the answer to the question for the history is waited for.</summary>
    public void AwaitHistory()
    {
        lock (_gate)
            _historyAwaitedSince = clock.GetTimestamp();
    }

    /// <summary>It has come, or it was told that it is overdue.</summary>
    public void AwaitHistoryNoLonger()
    {
        lock (_gate)
            _historyAwaitedSince = null;
    }

    public bool IsHistoryOverdue()
    {
        lock (_gate)
            return _historyAwaitedSince is { } since && clock.GetElapsedTime(since) >= options.HistoryTimeout;
    }

    /// <summary>The listener works until what this gives is disposed of.</summary>
    public ListenerAtWork Listening()
    {
        lock (_gate)
            _busySince = clock.GetTimestamp();
        return new ListenerAtWork(this);
    }

    private void ListenerLeft()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _historyAwaitedSince += now - (_busySince ?? now);
            if (_phase != CablePhase.Closing)
                _since = _phase == CablePhase.Subscribed ? now : _since + now - (_busySince ?? now);
            _busySince = null;
        }
    }

    /// <summary>The time that the listener takes.</summary>
    internal readonly struct ListenerAtWork(CableDeadlines deadlines) : IDisposable
    {
        public void Dispose() => deadlines.ListenerLeft();
    }

    public CableOverdue Check()
    {
        lock (_gate)
        {
            var waited = clock.GetElapsedTime(_since);
            if (_phase == CablePhase.Closing)
                return waited >= options.CloseTimeout ? CableOverdue.CloseAnswer : CableOverdue.Nothing;

            return _busySince is null ? Check(waited) : CableOverdue.Nothing;
        }
    }

    /// <summary>How long nothing can become overdue from now on, whatever happens meanwhile.</summary>
    public TimeSpan Left()
    {
        lock (_gate)
        {
            if (_busySince is not null && _phase != CablePhase.Closing)
                return TimeSpan.MaxValue;

            var left = Patience - clock.GetElapsedTime(_since);
            return left > TimeSpan.Zero ? left : TimeSpan.MaxValue; // what is overdue has been told
        }
    }

    private TimeSpan Patience => _phase switch
    {
        CablePhase.Connecting => options.ConnectTimeout,
        CablePhase.AwaitingWelcome => options.WelcomeTimeout,
        CablePhase.AwaitingConfirmation when !_resent => options.SubscribeResendAfter,
        CablePhase.AwaitingConfirmation => options.ConfirmTimeout,
        CablePhase.Subscribed => options.SilenceTimeout,
        _ => options.CloseTimeout,
    };

    private CableOverdue Check(TimeSpan waited)
    {
        switch (_phase)
        {
            case CablePhase.Connecting when waited >= options.ConnectTimeout:
                return CableOverdue.Connect;
            case CablePhase.AwaitingWelcome when waited >= options.WelcomeTimeout:
                return CableOverdue.Welcome;
            case CablePhase.AwaitingConfirmation when waited >= options.ConfirmTimeout:
                return CableOverdue.Confirmation;
            case CablePhase.AwaitingConfirmation when waited >= options.SubscribeResendAfter && !_resent:
                _resent = true;
                return CableOverdue.FirstConfirmation;
            case CablePhase.Subscribed when waited >= options.SilenceTimeout:
                return CableOverdue.Frame;
            default:
                return CableOverdue.Nothing;
        }
    }
}
