using FederationConsole.Features.Meetings;

namespace FederationConsole.Features.Registrations;

public static class NoticeRegistration
{
    /// <summary>What attendees are told.</summary>
    public static void AddAttendeeNotices(this IServiceCollection services)
    {
        services.AddSingleton<MeetingMessageService>();
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<NoticeService>();
        services.AddSingleton<NoticeQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeQueue>());
        services.AddSingleton<ReminderPlanner>();
        services.AddHostedService(provider => provider.GetRequiredService<ReminderPlanner>());
    }
}
