using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Registrations;

/// <summary>会议-消息: the wording of a meeting's messages, and how far they got. The open card lives in the address.</summary>
public sealed partial class MeetingMessagesPage
{
    private NoticeReport report = new([], []);
    private Fault? refused;
    private string? said;
    private bool retrying;

    [Inject] private NoticeService Notices { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "kind")] public string? Kind { get; set; }

    private MeetingMessageKind? Opened => Enum.TryParse<MeetingMessageKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    protected override async Task<Outcome> LoadAsync(MeetingEntry meeting, CancellationToken cancellationToken)
    {
        var read = await Notices.ReadAsync(Context.Actor, Context.Environment.Id, Key, cancellationToken);
        report = read.Value ?? report;
        return read.Ok ? Outcome.Done : read.Fault;
    }

    protected override bool Matters(Signal signal) => base.Matters(signal) || (signal.Topic == NoticeQueue.Topic && signal.Id == Entry?.Meeting.Id);

    private static IEnumerable<MessageChannel> Ways(MeetingMessage message)
    {
        if (message.Mail)
        {
            yield return MessageChannel.Mail;
        }

        if (message.Sms)
        {
            yield return MessageChannel.Sms;
        }
    }

    /// <summary>Ways that a message of the meeting goes by and that nobody would send, each with the reason.</summary>
    private IEnumerable<(MessageChannel Channel, string Why)> Unready(MeetingEntry meeting) =>
        from channel in Enum.GetValues<MeetingMessageKind>().SelectMany(kind => Ways(MeetingMessageRules.Of(meeting.Meeting, kind))).Distinct().Order()
        let ready = Notices.Ready(meeting, channel)
        where !ready.Ok
        select (channel, ready.Fault!.Detail ?? "");

    private string Card(MeetingMessageKind? kind) => Navigate.GetUriWithQueryParameter("kind", kind?.ToString().ToLowerInvariant());

    private async Task RetryAsync()
    {
        if (retrying)
        {
            return;
        }

        retrying = true;
        var outcome = await Notices.RetryAsync(Context.Actor, Context.Environment.Id, Key);
        (retrying, refused) = (false, outcome.Fault);
        if (outcome.Ok)
        {
            said = T["Said.Retried", outcome.Value];
            await ReloadAsync();
        }
    }
}
