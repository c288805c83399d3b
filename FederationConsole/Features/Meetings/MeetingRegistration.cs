namespace FederationConsole.Features.Meetings;

public static class MeetingRegistration
{
    public static void AddMeetings(this IServiceCollection services)
    {
        services.AddSingleton<MeetingCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<MeetingCatalog>());
        services.AddSingleton<MeetingService>();
        services.AddSingleton<InvitationCodes>();
    }
}
