using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Messages;

/// <summary>Keeps messages for the console's 收件箱 and sends them to nobody. What is older than a week goes when a new one comes.</summary>
public sealed class InboxSender(Store store, ProjectCatalog projects, TimeProvider clock) : IMessageSender
{
    /// <summary>The signal's topic: the inbox of an environment got one more.</summary>
    public const string Topic = "inbox";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public MessageProvider Provider => MessageProvider.Inbox;

    public async Task<Delivery> SendAsync(ChannelEntry entry, Message message, List<DeliveryStep>? trace, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var scope = projects.Environment(entry.EnvironmentId)?.Scope ?? new Scope(entry.EnvironmentId, default);
        await store.WriteAsync(scope, async db =>
        {
            var old = db.Now - Kept;
            await db.Set<InboxMessage>().Where(m => m.At < old).ExecuteDeleteAsync(CancellationToken.None);
            db.Add(new InboxMessage
            {
                Id = db.NextId(),
                Channel = message.Channel,
                Target = message.Target,
                Subject = message.Subject,
                Text = message.Text,
                Picture = message.Picture?.Png,
                At = db.Now,
            });
            db.Signal(Topic);
            return Outcome.Done;
        });
        trace?.Add(new("inbox", $"{message.Target}\n{message.Subject}\n{message.Text}", "", clock.GetElapsedTime(started), Good: true));
        return new Delivery.Taken();
    }
}
