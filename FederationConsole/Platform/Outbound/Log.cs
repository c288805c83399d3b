namespace FederationConsole.Platform.Outbound;

/// <summary>Addresses are <see cref="OutboundRequest.Target"/>: without query and user info. Headers and bodies are never logged.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information,
        Message = "Outbound call failed: {Partition} {Method} {Target} {Reason} ({Cause}) after {Milliseconds:F0} ms")]
    public static partial void CallFailed(
        ILogger log, string partition, string method, string target, OutboundFailure reason, string cause, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbound breaker open: {Partition} is not asked for {Pause}")]
    public static partial void BreakerOpened(ILogger log, string partition, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Outbound breaker tries one call: {Partition}")]
    public static partial void BreakerHalfOpened(ILogger log, string partition);

    [LoggerMessage(Level = LogLevel.Information, Message = "Outbound breaker closed: {Partition} answers again")]
    public static partial void BreakerClosed(ILogger log, string partition);
}
