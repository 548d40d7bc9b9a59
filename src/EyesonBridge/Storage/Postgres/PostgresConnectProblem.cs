using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What is wrong when a first connection does not come about: more than <see cref="PostgresProblem"/> tells of a bridge that runs.</summary>
internal static class PostgresConnectProblem
{
    /// <summary>What is wrong and what to do, for people.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="place">Where the database is.</param>
    public static string Describe(NpgsqlException exception, string place) => exception switch
    {
        PostgresException => PostgresProblem.Describe(exception, place),
        _ when exception.Message.Contains("No suitable host", StringComparison.Ordinal) =>
            $"None of the hosts of {place} can be written to. Check that one of them is the primary, and name it in Store:ConnectionString.",
        _ when exception.Message.Contains("No SSL enabled connection", StringComparison.Ordinal) =>
            $"{place} does not offer TLS. Turn it on there (ssl = on, with a certificate), or name a server that has it.",
        _ when exception.Message.Contains("No password has been provided", StringComparison.Ordinal) =>
            $"{place} asks for a password, and there is none. Put it into a file that Store:PasswordFile names, or into Store:ConnectionString.",
        _ => PostgresProblem.Describe(exception, place),
    };
}
