using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>
/// How it is found out what became of a commit whose answer was lost. The number of the transaction tells whether it is over;
/// but after a crash the server gives the numbers of transactions again of which nothing had reached its disk. So what counts is
/// what the transaction would have left: events, or a mark.
/// </summary>
internal static class CommitMarks
{
    /// <summary>In progress, committed, aborted, or null; $1 is the number of the transaction.</summary>
    public const string Status = "SELECT pg_xact_status($1::xid8)";

    /// <summary>Leaves the mark $1 if the transaction has changed something, and answers its number then.</summary>
    public const string Leave =
        "INSERT INTO commits (id) SELECT $1::uuid WHERE pg_current_xact_id_if_assigned() IS NOT NULL RETURNING pg_current_xact_id()::text";

    /// <summary>Whether the mark $1 is there.</summary>
    public const string IsLeft = "SELECT true FROM commits WHERE id = $1";

    /// <summary>Whether an event is there, of those with the ids $1 in the outbox and $2 of their own.</summary>
    public const string HasEvent =
        "SELECT true FROM unnest($1::bigint[], $2::uuid[]) AS e (id, event) JOIN outbox ON outbox.id = e.id AND outbox.event_id = e.event LIMIT 1";

    /// <summary>Forgets marks that nobody asks for any more. Who asks later makes its changes once more.</summary>
    public const string Forget = "DELETE FROM commits WHERE at < clock_timestamp() - interval '1 hour'";

    /// <summary>True when the server has no transaction of that number, not yet or not any more.</summary>
    public static bool IsUnknown(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.InvalidParameterValue };
}
