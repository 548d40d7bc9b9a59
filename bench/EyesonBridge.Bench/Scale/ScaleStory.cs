namespace EyesonBridge.Bench.Scale;

/// <summary>What happens to a cluster, one thing after the other, each until all rooms are observed and evenly spread again.</summary>
internal static class ScaleStory
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    /// <summary>Runs it. The same options give the same results.</summary>
    /// <exception cref="ScaleException">Two replicas acted on one room.</exception>
    public static ScaleResult Run(ScaleOptions options)
    {
        var cluster = new SimulatedCluster(options);
        var phases = new List<PhaseRecord>();
        cluster.Time.Run(() => TellAsync(cluster, phases));
        return new ScaleResult(options, phases, cluster.Samples);
    }

    private static async Task TellAsync(SimulatedCluster cluster, List<PhaseRecord> phases)
    {
        var replicas = cluster.Options.Replicas;
        var third = Math.Max(1, replicas / 3);

        await PhaseAsync("all start", () => AddAsync(cluster, replicas, TimeSpan.FromSeconds(10)));
        await PhaseAsync("one is killed", () => KillAsync(cluster, 1));
        await PhaseAsync("it is replaced", () => AddAsync(cluster, 1, TimeSpan.Zero));
        await PhaseAsync("a third is killed", () => KillAsync(cluster, third));
        await PhaseAsync("a third is added", () => AddAsync(cluster, third, TimeSpan.FromSeconds(10)));
        await PhaseAsync("a tenth is cut off from the database for 20 s", () => CutOffAsync(cluster, Math.Max(1, replicas / 10), TimeSpan.FromSeconds(20)));
        await PhaseAsync("the database is away for 30 s", () => OutageAsync(cluster, TimeSpan.FromSeconds(30)));
        await PhaseAsync("all are replaced, one every 15 s", () => RollAsync(cluster, TimeSpan.FromSeconds(15)));

        async Task PhaseAsync(string name, Func<Task> happens)
        {
            phases.Add(cluster.Begin(name));
            var happening = happens();
            await cluster.SettleAsync(Calm, happening);
            await happening;
        }
    }

    private static Task AddAsync(SimulatedCluster cluster, int count, TimeSpan within) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => cluster.AddReplicaAsync(within)));

    private static Task KillAsync(SimulatedCluster cluster, int count)
    {
        foreach (var replica in cluster.Choose(count))
            replica.Kill();
        return Task.CompletedTask;
    }

    private static async Task CutOffAsync(SimulatedCluster cluster, int count, TimeSpan time)
    {
        var chosen = cluster.Choose(count);
        foreach (var replica in chosen)
            replica.IsCutOff = true;
        await cluster.Time.DelayAsync(time);
        foreach (var replica in chosen)
            replica.IsCutOff = false;
    }

    private static async Task OutageAsync(SimulatedCluster cluster, TimeSpan time)
    {
        cluster.Database.IsUp = false;
        await cluster.Time.DelayAsync(time);
        cluster.Database.IsUp = true;
    }

    /// <summary>As a Deployment does with <c>maxSurge</c> 1: a new one is there before an old one goes.</summary>
    private static async Task RollAsync(SimulatedCluster cluster, TimeSpan every)
    {
        foreach (var old in cluster.Alive)
        {
            await cluster.AddReplicaAsync(TimeSpan.Zero);
            await cluster.Time.DelayAsync(every);
            await old.StopAsync();
        }
    }
}
