namespace EyesonBridge.Storage.Postgres;

/// <summary>Who does what one replica at a time does.</summary>
/// <param name="Name">What, one of those of <see cref="ReplicaDuties"/>.</param>
/// <param name="Owner">Who; null for nobody.</param>
/// <param name="IsAlive">False when its lease has ended.</param>
internal sealed record DutyRow(string Name, string? Owner, bool IsAlive);
