using System.Globalization;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Registrations;

/// <summary>会议-签到台: one of as many desks as there are doors. Each sees what all of them do.</summary>
public sealed partial class CheckInPage
{
    private const int Listed = 20;

    /// <summary>One code after the other, in the order in which they were scanned.</summary>
    private readonly SemaphoreSlim turn = new(1, 1);

    private IReadOnlyList<Registrant> arrived = [];
    private CheckInCount count = new(0, 0);
    private Answer? answer;
    private int nth;

    /// <param name="Detail">Null: nobody of this environment has the code.</param>
    private sealed record Answer(Tone Tone, string Title, string Code, OrderDetail? Detail = null, string? Text = null);

    protected override async Task<Outcome> LoadAsync(MeetingEntry meeting, CancellationToken cancellationToken)
    {
        var counted = await Admin.CountAsync(Context.Actor, Context.Environment.Id, Key);
        if (!counted.Ok)
        {
            return counted.Fault;
        }

        var last = await Admin.ArrivedAsync(Context.Actor, Context.Environment.Id, Key, Listed, cancellationToken);
        if (!last.Ok)
        {
            return last.Fault;
        }

        (count, arrived) = (counted.Value, last.Value);
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            turn.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task ScannedAsync(ChangeEventArgs change)
    {
        await turn.WaitAsync();
        try
        {
            answer = await AskAsync((change.Value as string)?.Trim() ?? "");
            // So that the same answer to another code is read aloud and heard again.
            nth++;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Answer> AskAsync(string scanned)
    {
        if (CheckinText.Read(scanned) is not { } code)
        {
            return new(Tone.Bad, T["Desk.NoCode"], Cut(scanned), Text: T["Desk.NoCodeText"]);
        }

        var asked = await Admin.CheckInAsync(Context.Actor, Context.Environment.Id, Key, code);
        return asked.Value switch
        {
            LetIn came => new(Tone.Good, T["Desk.In"], code, came.Detail),
            InAlready came => new(Tone.Warn, T["Desk.InAlready", Clocked(came.Detail.Attendee.CheckedInAt!.Value)], code, came.Detail, T["Desk.ByWhom", came.Detail.Attendee.CheckedInBy ?? ""]),
            _ => asked.Fault!.Kind == FaultKind.NotAllowedNow ? await RefusedAsync(code, asked.Fault) : new(Tone.Bad, asked.Fault.Kind == FaultKind.NotFound ? T["Desk.Unknown"] : Texts.Say(asked.Fault), code),
        };
    }

    /// <summary>Whose code it is, so that the desk can tell them what to do.</summary>
    private async Task<Answer> RefusedAsync(string code, Fault fault)
    {
        var found = await Admin.SearchAsync(Context.Actor, Context.Environment.Id, code, 1);
        return found.Value is not { } all || all.FirstOrDefault(d => d.Attendee.CheckinCode == code) is not { } detail ? new(Tone.Bad, Texts.Say(fault), code)
            : detail.Meeting.Meeting.Key != Key ? new(Tone.Bad, T["Desk.OtherMeeting"], code, detail, detail.Meeting.Meeting.Name)
            : detail.Order.Status == OrderStatus.PendingPayment ? new(Tone.Bad, T["Desk.Unpaid"], code, detail, T["Desk.UnpaidText", OrderText.Yuan(detail.Order.AmountFen)])
            : new(Tone.Bad, T[$"Status_{detail.Order.Status}"], code, detail, Texts.Say(fault));
    }

    private string Clocked(DateTimeOffset at)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(at, Context.Project.Zone), TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), Context.Project.Zone).Date);
        return local.ToString(local.Date == today ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Cut(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
