using FederationConsole.Data;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.Messages;

/// <summary>What one environment sent today through one channel, and how much it may.</summary>
/// <param name="SpentFen">In hundredths of a yuan, by the policy's price; 0 for mail.</param>
public sealed record MessageUsage(int Sent, int MaxPerDay, int SpentFen, int BudgetFen);

/// <summary>
/// What an environment may send in a day: so many messages a channel, and so much money for text messages. Taken with the
/// message's code in one write, so that neither is passed by one, however many ask at once.
/// </summary>
public static class MessageQuota
{
    /// <summary>Faults: <see cref="FaultKind.SmsLimit"/>, with the time of the next day.</summary>
    public static async Task<Outcome> TakeAsync(ConsoleDb db, EnvironmentEntry environment, MessageChannel channel)
    {
        var (policies, until) = (environment.Policies, ExactLimits.EndOfDay(db.Now));
        var taken = await ExactLimits.TakeAsync(db, SentKey(environment.Id, channel), policies.CodesPerDay, until);
        if (taken.Ok && channel == MessageChannel.Sms && policies.SmsPriceFen > 0)
        {
            taken = await ExactLimits.TakeAsync(db, SpentKey(environment.Id), policies.SmsBudgetFen, until, policies.SmsPriceFen);
        }

        return taken.Ok ? taken : new Fault(FaultKind.SmsLimit) { RetryAfter = taken.Fault.RetryAfter };
    }

    public static async Task<MessageUsage> ReadAsync(ConsoleDb db, EnvironmentEntry environment, MessageChannel channel) => new(
        await ExactLimits.CountAsync(db, SentKey(environment.Id, channel)),
        environment.Policies.CodesPerDay,
        channel == MessageChannel.Sms ? await ExactLimits.CountAsync(db, SpentKey(environment.Id)) : 0,
        channel == MessageChannel.Sms ? environment.Policies.SmsBudgetFen : 0);

    private static string SentKey(EnvironmentId environment, MessageChannel channel) => $"messages:{environment}:{(int)channel}";

    private static string SpentKey(EnvironmentId environment) => $"messages-spent:{environment}";
}
