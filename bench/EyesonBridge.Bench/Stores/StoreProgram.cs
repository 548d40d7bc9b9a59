using EyesonBridge.Bench.Processes;

namespace EyesonBridge.Bench.Stores;

/// <summary><c>bench/run --store</c>: what rooms and events cost in each store.</summary>
internal static class StoreProgram
{
    private const int Events = 20_000;

    public static async Task<int> RunAsync(string results, string launcher, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(results);
        var table = new StoreTable();
        await SqliteMeasurements.RunAsync(table, Events, cancellationToken);
        await using (var database = await Database.StartAsync(launcher, cancellationToken))
        {
            foreach (var rooms in (int[])[10_000, 100_000])
                await PostgresMeasurements.RunAsync(table, database.ConnectionString, rooms, Events, cancellationToken);
        }

        await File.WriteAllTextAsync(Path.Combine(results, "store.md"), table.ToString(), cancellationToken);
        await Console.Out.WriteLineAsync(table.ToString());
        return 0;
    }
}
