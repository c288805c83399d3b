using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Messages;

/// <summary>消息: who sends text messages and mails, what was sent and spent today, and the inbox. Filters, page and card live in the address.</summary>
public sealed partial class MessagesPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private IReadOnlyList<MessageDetails> channels = [];
    private InboxPage inbox = new([], 0);
    private SignalFollower? live;

    [Inject] private MessageService Service { get; set; } = default!;
    [Inject] private ProjectCatalog Projects { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Kind { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public string? Number { get; set; }

    /// <summary>The channel whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "channel")] public string? Opened { get; set; }

    private MessageChannel? Open => Parse(Opened);

    private Policies Policies => Projects.Environment(Context.Environment.Id)?.Policies ?? new();

    /// <summary>What cannot be read filters nothing.</summary>
    private InboxQuery Query => new(
        string.IsNullOrWhiteSpace(Q) ? null : Q, Parse(Kind),
        int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1);

    private IReadOnlyList<(string Value, string Text)> Kinds =>
        [.. Enum.GetValues<MessageChannel>().Select(channel => (Word(channel), T[$"Channel.{channel}"].Value))];

    // Not of the card: opening one leaves the list as it is.
    protected override object LoadKey => (Context.Environment, Query);

    protected override void OnInitialized() =>
        live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Environment.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        channels = found.Value;
        if (!Context.May(Role.Operator))
        {
            return Outcome.Done;
        }

        var messages = await Service.InboxAsync(Context.Actor, Context.Environment.Id, Query, cancellationToken);
        if (messages.Ok)
        {
            inbox = messages.Value;
        }

        return messages.Ok ? Outcome.Done : messages.Fault;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private static MessageChannel? Parse(string? text) =>
        Enum.TryParse<MessageChannel>(text, ignoreCase: true, out var channel) && Enum.IsDefined(channel) ? channel : null;

    private static string Word(MessageChannel channel) => channel == MessageChannel.Sms ? "sms" : "mail";

    private static string Yuan(int fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private bool IsSpent(MessageUsage usage) => usage.BudgetFen > 0 && usage.SpentFen > usage.BudgetFen - Policies.SmsPriceFen;

    /// <summary>What an administrator reads further back does not shift below the eyes.</summary>
    private bool Matters(Signal signal) => signal.Topic == InboxSender.Topic && signal.Environment == Context.Environment.Id.Value && Query.Page == 1;

    private string Href(MessageChannel? channel) => Navigate.GetUriWithQueryParameter("channel", channel is { } open ? Word(open) : null);
}
