using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Logging;

/// <inheritdoc />
internal sealed class LogRecorder<T> : LogRecorder, ILogger<T>;
