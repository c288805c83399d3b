using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>
/// Every ten seconds closes what was not paid in time; goes on with the orders of meetings that were called off, should whoever began have
/// been interrupted; and forgets idempotency keys whose time is over.
/// </summary>
internal sealed partial class RegistrationUpkeep(Store store, MeetingCatalog meetings, MeetingOrders orders, TimeProvider clock, ILogger<RegistrationUpkeep> logger)
    : PeriodicWork(Period, clock)
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Called off and done with: nobody registers there any more, so it stays so.</summary>
    private readonly HashSet<(long Meeting, DateTimeOffset? At)> _done = [];

    protected override async Task RoundAsync(CancellationToken stop)
    {
        await orders.CloseUnpaidAsync(stop);
        foreach (var meeting in meetings.All.Where(m => m.Meeting.CancelledAt is not null && !_done.Contains((m.Meeting.Id, m.Meeting.CancelledAt))))
        {
            await orders.CancelAllAsync(Actor.Host, meeting, null, stop);
            _done.Add((meeting.Meeting.Id, meeting.Meeting.CancelledAt));
        }

        var now = Clock.GetUtcNow();
        while (!stop.IsCancellationRequested && await store.WriteAsync(Scope.Host, db =>
            db.Set<RegisterKey>().IgnoreQueryFilters().Where(k => k.ExpiresAt <= now).OrderBy(k => k.Id).Take(Batch).ExecuteDeleteAsync()) == Batch)
        {
        }
    }

    protected override void RoundFailed(Exception exception) => UpkeepFailed(exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Orders that are over were not closed; the next round tries again")]
    private partial void UpkeepFailed(Exception exception);
}

public static class RegistrationServices
{
    public static void AddRegistrations(this IServiceCollection services)
    {
        services.AddSingleton<RegistrationService>();
        services.AddSingleton<OrderService>();
        services.AddSingleton<CheckInService>();
        services.AddSingleton<RegistrationReader>();
        services.AddSingleton<RegistrationAdmin>();
        services.AddSingleton<RegistrationExport>();
        services.AddSingleton<MeetingOrders>();
        services.AddSingleton<IMeetingUse, MeetingUse>();
        services.AddSingleton<UserRegistrations>();
        services.AddHostedService<RegistrationUpkeep>();
    }
}
