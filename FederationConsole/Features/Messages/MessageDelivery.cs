using System.Globalization;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Messages;

/// <summary>Words a code as the environment does, or takes a notice as it is, and hands it to the environment's provider.</summary>
public sealed partial class MessageDelivery(
    MessageCatalog catalog, IEnumerable<IMessageSender> senders, Ids ids, IStringLocalizer<MessageTexts> texts, ILogger<MessageDelivery> logger)
{
    private readonly Dictionary<MessageProvider, IMessageSender> _senders = senders.ToDictionary(s => s.Provider);

    /// <summary>Asked before a code is made: <see cref="FaultKind.NotAllowedNow"/> when nobody would send it.</summary>
    public Outcome Ready(EnvironmentEntry environment, MessageChannel channel) =>
        catalog.Find(environment, channel) is null ? NobodySends(channel) : Outcome.Done;

    /// <summary>Faults: nobody is set up to send it. Whether the provider took it is in the answer.</summary>
    public async Task<Outcome<Delivery>> SendAsync(
        EnvironmentEntry environment, MessageTarget target, string code, TimeSpan life, List<DeliveryStep>? trace, CancellationToken cancellation)
    {
        if (catalog.Find(environment, target.Channel) is not { } entry)
        {
            return NobodySends(target.Channel);
        }

        var minutes = (int)Math.Ceiling(life.TotalMinutes);
        return await SendAsync(
            entry, target, MessageRules.Fill(entry.Text("subject"), code, minutes), MessageRules.Fill(entry.Text("text"), code, minutes),
            new Dictionary<string, string> { [Message.CodeVariable] = code }, picture: null, trace, cancellation);
    }

    /// <summary>
    /// <see cref="FaultKind.NotAllowedNow"/> when nobody would send a notice, also because the provider sends approved templates alone and
    /// has none for notices.
    /// </summary>
    public Outcome ReadyForNotices(EnvironmentEntry environment, MessageChannel channel) =>
        catalog.Find(environment, channel) is not { } entry ? NobodySends(channel)
        : entry is { Provider: MessageProvider.Aliyun } && entry.Setting(AliyunSender.NoticeTemplate) is null ? new Fault(FaultKind.NotAllowedNow, null, texts["Notice.NoTemplate"])
        : Outcome.Done;

    /// <summary>Faults as <see cref="ReadyForNotices"/>. Whether the provider took it is in the answer.</summary>
    public async Task<Outcome<Delivery>> SendAsync(
        EnvironmentEntry environment, MessageTarget target, Notice notice, List<DeliveryStep>? trace, CancellationToken cancellation) =>
        ReadyForNotices(environment, target.Channel).Fault is { } fault ? fault
        : await SendAsync(catalog.Find(environment, target.Channel)!, target, notice.Subject, notice.Text, notice.Variables, notice.Picture, trace, cancellation);

    private async Task<Delivery> SendAsync(
        ChannelEntry entry, MessageTarget target, string subject, string text, IReadOnlyDictionary<string, string> variables, MessagePicture? picture,
        List<DeliveryStep>? trace, CancellationToken cancellation)
    {
        var isMail = target.Channel == MessageChannel.Mail;
        var message = new Message(
            ids.NextGuid().ToString("N", CultureInfo.InvariantCulture), target.Channel, target.Text, target.National, target.Zone, isMail ? subject : null, text, variables)
        {
            Picture = isMail ? picture : null,
        };
        var delivery = await _senders[entry.Provider].SendAsync(entry, message, trace, cancellation);
        if (delivery is Delivery.Refused refused)
        {
            Refused(entry.Partition, entry.Provider, refused.Code);
        }
        else if (delivery is Delivery.NotAsked notAsked)
        {
            NotAsked(entry.Partition, entry.Provider, notAsked.Detail);
        }

        return delivery;
    }

    private Fault NobodySends(MessageChannel channel) => new(FaultKind.NotAllowedNow, null, texts[channel == MessageChannel.Sms ? "Nobody.Sms" : "Nobody.Mail"]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of {Partition} was refused by {Provider}: {Code}")]
    private partial void Refused(string partition, MessageProvider provider, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of {Partition} did not reach {Provider}: {Detail}")]
    private partial void NotAsked(string partition, MessageProvider provider, string detail);
}
