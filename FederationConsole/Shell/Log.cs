namespace FederationConsole.Shell;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A console page failed, request {RequestId}")]
    public static partial void PageFailed(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The console's search failed in {Source}")]
    public static partial void SearchFailed(ILogger logger, string source, Exception exception);
}
