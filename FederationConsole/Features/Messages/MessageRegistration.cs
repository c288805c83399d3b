namespace FederationConsole.Features.Messages;

public static class MessageRegistration
{
    public static void AddMessages(this IServiceCollection services)
    {
        services.AddSingleton<MessageCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<MessageCatalog>());
        services.AddSingleton<IMessageSender, InboxSender>();
        services.AddSingleton<IMessageSender, HttpSender>();
        services.AddSingleton<IMessageSender, AliyunSender>();
        services.AddSingleton<IMessageSender, SmtpSender>();
        services.AddSingleton<MessageDelivery>();
        services.AddSingleton<MessageService>();
    }
}
