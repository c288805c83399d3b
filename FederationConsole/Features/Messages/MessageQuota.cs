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
        var until = ExactLimits.EndOfDay(db.Now);
        var taken = await ExactLimits.TakeAsync(db, SentKey(environment.Id, channel), environment.Policies.CodesPerDay, until);
        return taken.Ok ? await PayAsync(db, environment, channel, until) : Reached(taken.Fault);
    }

    /// <summary>The same for a notice, whose count is its own: it must not use up the codes that people sign in by.</summary>
    public static async Task<Outcome> TakeNoticeAsync(ConsoleDb db, EnvironmentEntry environment, MessageChannel channel)
    {
        var until = ExactLimits.EndOfDay(db.Now);
        var taken = await ExactLimits.TakeAsync(db, $"notices:{environment.Id}:{(int)channel}", environment.Policies.CodesPerDay, until);
        return taken.Ok ? await PayAsync(db, environment, channel, until) : Reached(taken.Fault);
    }

    public static async Task<MessageUsage> ReadAsync(ConsoleDb db, EnvironmentEntry environment, MessageChannel channel) => new(
        await ExactLimits.CountAsync(db, SentKey(environment.Id, channel)),
        environment.Policies.CodesPerDay,
        channel == MessageChannel.Sms ? await ExactLimits.CountAsync(db, SpentKey(environment.Id)) : 0,
        channel == MessageChannel.Sms ? environment.Policies.SmsBudgetFen : 0);

    private static async Task<Outcome> PayAsync(ConsoleDb db, EnvironmentEntry environment, MessageChannel channel, DateTimeOffset until)
    {
        if (channel != MessageChannel.Sms || environment.Policies is not { SmsPriceFen: > 0 and var price, SmsBudgetFen: var budget })
        {
            return Outcome.Done;
        }

        var paid = await ExactLimits.TakeAsync(db, SpentKey(environment.Id), budget, until, price);
        return paid.Ok ? paid : Reached(paid.Fault);
    }

    private static Fault Reached(Fault limit) => new(FaultKind.SmsLimit) { RetryAfter = limit.RetryAfter };

    private static string SentKey(EnvironmentId environment, MessageChannel channel) => $"messages:{environment}:{(int)channel}";

    private static string SpentKey(EnvironmentId environment) => $"messages-spent:{environment}";
}
