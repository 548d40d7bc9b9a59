namespace EyesonBridge.Tls;

/// <summary>What checking certificates logs; ids 1000 to 1019, never used for anything else.</summary>
internal static partial class TrustLog
{
    [LoggerMessage(1000, LogLevel.Error, "The certificate of {Server} was rejected: {Problem}")]
    public static partial void CertificateRefused(this ILogger logger, string server, string problem);

    [LoggerMessage(1001, LogLevel.Information, "The certificate of {Server} is accepted again")]
    public static partial void CertificateAccepted(this ILogger logger, string server);

    [LoggerMessage(1002, LogLevel.Warning, "{Warning}")]
    public static partial void NotEncrypted(this ILogger logger, string warning);
}
