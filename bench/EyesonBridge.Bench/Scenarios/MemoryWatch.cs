using EyesonBridge.Bench.Processes;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>The most that a process has held in RAM, looked at twice a second.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Subject _subject;
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch(Subject subject)
    {
        _subject = subject;
        _most = subject.Memory.Rss;
        _timer = new Timer(_ => Look(), state: null, dueTime: 500, period: 500);
    }

    public long Most => Interlocked.Read(ref _most);

    public void Restart() => Interlocked.Exchange(ref _most, _subject.Memory.Rss);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (!_subject.HasExited)
            Interlocked.Exchange(ref _most, Math.Max(_most, _subject.Memory.Rss));
    }
}
