using EyesonBridge.Tls;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>The check of Eyeson's certificate, for its sockets and its REST.</summary>
internal sealed class EyesonTrust(IOptions<EyesonOptions> options, ILogger<EyesonTrust> logger)
{
    public ServerTrust Server { get; } = new("Eyeson", "Eyeson:CaFile", options.Value.CaFile, logger);
}
