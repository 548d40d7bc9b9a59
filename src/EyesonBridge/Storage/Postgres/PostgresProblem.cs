using System.Net.Sockets;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What an error of PostgreSQL, or of the way to it, means for the bridge.</summary>
internal static class PostgresProblem
{
    /// <summary>
    /// True when the database as a whole cannot be used at the moment: repeating helps once the cause is gone. False when the
    /// statement itself is at fault: repeating it would fail again.
    /// </summary>
    public static bool IsOfTheStore(Exception exception) => exception switch
    {
        PostgresException refused => IsOfTheStore(refused.SqlState),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>True when it is not known whether what was sent last was carried out.</summary>
    public static bool IsOfTheConnection(Exception exception) => exception is not PostgresException refused || refused.SqlState is "25P03" or ['0', '8', ..] or ['5', '7', 'P', ..];

    /// <summary>True when another transaction was in the way, which is nothing to tell anybody.</summary>
    public static bool IsConflict(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>What is wrong and what to do, for people.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="place">Where the database is.</param>
    public static string Describe(Exception exception, string place) => exception switch
    {
        PostgresException refused => Describe(refused, place),
        NpgsqlException { InnerException: SocketException unreachable } => $"{place} cannot be reached ({unreachable.SocketErrorCode}). Check that it runs, and the way to it.",
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => $"{place} does not answer in time. Check whether it runs, and what keeps it busy.",
        NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } =>
            $"The certificate of {place} is not accepted. Name the authority's certificate in the connection string ('Root Certificate=FILE'), and a host for which the certificate was issued.",
        NpgsqlException when exception.Message.Contains("pool has been exhausted", StringComparison.Ordinal) =>
            $"All connections to {place} are in use. Raise 'Maximum Pool Size' in Store:ConnectionString.",
        _ => $"The connection to {place} was lost ({Innermost(exception).GetType().Name}).",
    };

    private static string Describe(PostgresException refused, string place) => refused.SqlState switch
    {
        "53100" => $"The disk of {place} is full. Free or add space there.",
        "53300" => $"{place} has too many clients. Raise its max_connections, or lower 'Maximum Pool Size' in Store:ConnectionString.",
        "25006" => $"{place} is read-only: it is a standby, or was set so. Name all hosts in Store:ConnectionString, so that the one that can be written to is found.",
        "28P01" or "28000" => $"{place} rejects user or password. Correct Store:ConnectionString, or the file that Store:PasswordFile names.",
        "3D000" => $"{place} does not exist. Create the database, or correct Store:ConnectionString.",
        "42501" => $"The user of the bridge may not do that in {place} ({refused.MessageText}). Grant it what deploy/postgres/grants.sql has.",
        "57P03" => $"{place} is starting or stopping.",
        ['5', '7', 'P', ..] => $"{place} has ended the connection ({refused.MessageText}).",
        "40001" or "40P01" or "55P03" => $"Another transaction was in the way in {place} ({refused.SqlState}).",
        _ => $"{place} reports an error ({refused.SqlState}): {refused.MessageText}",
    };

    private static bool IsOfTheStore(string state) => state switch
    {
        "25006" or "25P03" or "40001" or "40P01" or "42501" or "55P03" or "57014" or "26000" or "3D000" => true,
        ['0', '8', ..] or ['2', '8', ..] or ['5', '3', ..] or ['5', '7', 'P', ..] or ['5', '8', ..] or ['X', 'X', ..] => true,
        _ => false,
    };

    private static Exception Innermost(Exception exception) => exception.GetBaseException();
}
