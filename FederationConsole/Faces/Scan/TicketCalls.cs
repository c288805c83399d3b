using System.Diagnostics;
using System.Globalization;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>What a native app shows before it confirms.</summary>
/// <param name="At">When the code was asked for, ISO 8601.</param>
/// <param name="Numbers">One of them is on the page's screen; empty where numbers are not matched.</param>
public sealed record ScanReply(int Code, string AppName, string Device, string Place, DateTimeOffset At, IReadOnlyList<string> Numbers);

/// <summary>A call of a native app with the header <c>Access-Token</c> of a user. The token is asked before the body is read.</summary>
internal abstract class TicketCall(SessionCheck sessions) : IFaceHandler
{
    private const string Header = "Access-Token";
    private const string TicketField = "ticket";

    public HandlerShape Shape => new(null, Answer, null, Credential.UserToken);

    /// <summary>What a yes is.</summary>
    protected virtual Type Answer => typeof(ScanDone);

    public async Task<Outcome<object>> HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var session = await sessions.CheckAsync(call.Header(Header));
        if (!session.Ok)
        {
            return session.Fault;
        }

        var parameters = await ScanParameters.ReadAsync(http);
        if (!parameters.Ok)
        {
            return parameters.Fault;
        }

        var ticket = parameters.Value.Required(TicketField);
        var actor = new Actor(ActorKind.User, session.Value.UserId.ToString(), "", call.Address, call.RequestId);
        return ticket.Ok ? Reply(await CallAsync(ticket.Value, new(session.Value, actor), parameters.Value)) : ticket.Fault;
    }

    protected abstract Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters);

    /// <summary>Whoever asks about a ticket that is not theirs to decide is not told why.</summary>
    private static Outcome<object> Reply(ScanResult result) => result switch
    {
        ScanResult.Open(var view) => new ScanReply(
            1, view.AppName, $"{view.Browser} / {view.System}", view.Place, view.At, [.. view.Numbers.Select(ScanState.TwoDigits)]),
        ScanResult.Confirmed or ScanResult.Cancelled => ScanDone.Instance,
        ScanResult.NumberMissing => new Fault(FaultKind.Missing, ConfirmTicket.NumberField),
        ScanResult.NumberWrong => new Fault(FaultKind.NotFound, TicketField, ScanTexts.Get("Number.Wrong")),
        ScanResult.Refused { Why: ScanRefusal.NoRight } => FaultKind.Forbidden,
        ScanResult.Refused => new Fault(FaultKind.NotFound, TicketField),
        _ => throw new UnreachableException(),
    };
}

/// <summary><c>POST /api/connect/scan</c>.</summary>
internal sealed class ScanTicketCall(SessionCheck sessions, TicketScans scans) : TicketCall(sessions)
{
    protected override Type Answer => typeof(ScanReply);

    protected override Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters) => scans.ScanAsync(ticket, person);
}

/// <summary><c>POST /api/connect/confirm</c>; a number that is none is a wrong one.</summary>
internal sealed class ConfirmTicket(SessionCheck sessions, TicketScans scans) : TicketCall(sessions)
{
    public const string NumberField = "number";

    protected override Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters) =>
        scans.ConfirmAsync(ticket, person, parameters.Has(NumberField) ? Number(parameters.Required(NumberField).Value) : null);

    internal static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary><c>POST /api/connect/cancel</c>.</summary>
internal sealed class CancelTicket(SessionCheck sessions, TicketScans scans) : TicketCall(sessions)
{
    protected override Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters) => scans.CancelAsync(ticket, person);
}
