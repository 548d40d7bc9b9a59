namespace EyesonBridge.Storage.Sqlite;

/// <summary>A backup that was made.</summary>
/// <param name="Store">Full path of the store.</param>
/// <param name="Backup">Full path of the backup.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Schema">Version of its schema.</param>
/// <param name="Rooms">How many rooms are in it, those included whose observation is over.</param>
/// <param name="Events">How many events in it wait to be published.</param>
internal sealed record BackupResult(string Store, string Backup, long Bytes, int Schema, long Rooms, long Events);
