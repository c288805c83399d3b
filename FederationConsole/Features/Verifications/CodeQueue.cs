using System.Threading.Channels;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;

namespace FederationConsole.Features.Verifications;

/// <summary>
/// Messages that leave after the answer, because their taking a while would tell that there was somebody to send them to. In
/// memory: a code is good for two minutes, and who does not get one asks again.
/// </summary>
public sealed partial class CodeQueue(MessageDelivery delivery, ILogger<CodeQueue> logger) : BackgroundService
{
    private const int Capacity = 10_000;
    private const int AtOnce = 8;

    private readonly Channel<(EnvironmentEntry Environment, MessageTarget Target, string Code)> _waiting =
        Channel.CreateBounded<(EnvironmentEntry, MessageTarget, string)>(Capacity);

    public void Add(EnvironmentEntry environment, MessageTarget target, string code)
    {
        if (!_waiting.Writer.TryWrite((environment, target, code)))
        {
            Full();
        }
    }

    /// <summary>What waits at a graceful stop is still sent, as far as the host's time to stop allows.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (message, _) =>
        {
            try
            {
                // What came of it is in the log of the delivery.
                await delivery.SendAsync(message.Environment, message.Target, message.Code, OneTimeCode.Life, trace: null, CancellationToken.None);
            }
            catch (Exception exception)
            {
                // One message's bug must not keep the others back.
                Failed(exception);
            }
        });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too many messages are waiting to be sent; one was dropped")]
    private partial void Full();

    [LoggerMessage(Level = LogLevel.Error, Message = "A message was not sent")]
    private partial void Failed(Exception exception);
}
