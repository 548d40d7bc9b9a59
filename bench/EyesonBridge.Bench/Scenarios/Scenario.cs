using EyesonBridge.Bench.Candidates;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>A question that the bench answers, by measuring candidates in turns.</summary>
internal abstract class Scenario
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    public abstract string Title { get; }

    /// <summary>Whether the short form has it.</summary>
    public virtual bool IsInShortForm => false;

    /// <summary>How often each candidate is measured; what takes minutes is measured once.</summary>
    public virtual int Rounds => 3;

    public abstract IReadOnlyList<Measure> Measures { get; }

    /// <summary>Whom the first candidate is compared with; null for the best of the others.</summary>
    public virtual string? Reference => null;

    /// <summary>Who is measured; the first is compared with the others.</summary>
    public abstract IReadOnlyList<Candidate> Candidates(bool isShort);

    /// <summary>About how long one candidate takes, in seconds.</summary>
    public abstract int SecondsEach(bool isShort);

    /// <summary>Measures one candidate once.</summary>
    public abstract Task MeasureAsync(Lab lab, Candidate candidate, Figures figures, CancellationToken cancellationToken);
}
