using System.Globalization;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>Who runs below a process, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    /// <summary>The process and all below it.</summary>
    public static IReadOnlySet<int> From(int processId)
    {
        var children = Alive().ToLookup(process => process.Parent, process => process.Id);
        var found = new HashSet<int>();
        var open = new Stack<int>([processId]);
        while (open.TryPop(out var id))
        {
            if (found.Add(id))
            {
                foreach (var child in children[id])
                    open.Push(child);
            }
        }

        return found;
    }

    /// <summary>Completes when none of the processes runs any more.</summary>
    public static async Task WhenGoneAsync(IReadOnlySet<int> processIds, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (Alive().Any(process => processIds.Contains(process.Id)))
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    // A zombie has ended; only its new parent has not noticed yet.
    private static IEnumerable<(int Id, int Parent)> Alive() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        let state = ReadState(folder)
        where state is not null && state.Value.State is not 'Z' and not 'X'
        select (int.Parse(name, CultureInfo.InvariantCulture), state.Value.Parent);

    // "42 (name) S 1 …": the name may hold anything, so read on from the last parenthesis.
    private static (char State, int Parent)? ReadState(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // ended meanwhile
        }
    }
}
