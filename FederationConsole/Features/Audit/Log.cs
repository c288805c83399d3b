namespace FederationConsole.Features.Audit;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Audit lines were not sealed; they wait for the next round")]
    public static partial void SealingFailed(ILogger logger, Exception exception);
}
