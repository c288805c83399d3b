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
    protected const string TicketField = "ticket";

    protected static readonly Parameter Ticket = Parameter.Form(TicketField, "二维码中的票据", required: true);

    protected static readonly IReadOnlyList<Fault> Refusals = [FaultKind.NotFound, FaultKind.Forbidden];

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
internal sealed class ScanTicketCall(SessionCheck sessions, TicketScans scans) : TicketCall(sessions), IDocumented
{
    public static Documentation Documentation => new("原生 App：扫描二维码", "A native app scans")
    {
        Text = "App 扫到 {origin}/m/scan/{ticket} 后调用，返回要向用户显示的内容；第一个扫描的用户占有该二维码。numbers 非空时，用户须选出 PC 页面上显示的数字。也可以用 JSON。",
        Parameters = [Ticket],
        Faults = Refusals,
        Reply = """{"success":1,"data":{"code":1,"app_name":"商城","device":"Chrome / Windows","place":"127.0.0.1","at":"2026-11-21T12:00:00+00:00","numbers":["12","47","83"]}}""",
        Demo = [new() { Needs = [SignedIn], Values = new Dictionary<string, string> { [TicketField] = "{{ticket}}" } }],
    };

    /// <summary>By the password that the calls of seed 002 left behind.</summary>
    private static readonly DemoPreparation SignedIn = new(
        "登录扫码的用户", "Sign in the user who scans", "/v2/user_auth", """{"corp_id":"{{corp_id}}","phone":"137{{run}}","password":"Test46525dfg","resource":"APP"}""",
        [new("user_token", "access_token")]);

    protected override Type Answer => typeof(ScanReply);

    protected override Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters) => scans.ScanAsync(ticket, person);
}

/// <summary><c>POST /api/connect/confirm</c>; a number that is none is a wrong one.</summary>
internal sealed class ConfirmTicket(SessionCheck sessions, TicketScans scans) : TicketCall(sessions), IDocumented
{
    public static Documentation Documentation => new("原生 App：确认登录", "A native app confirms")
    {
        Text = "numbers 非空时必须带上所选的数字，选错则取消该二维码。",
        Parameters = [Ticket, Parameter.Form(NumberField, "PC 页面上显示的数字")],
        Faults = Refusals,
        Reply = """{"success":1,"data":{"code":1}}""",
        Demo = [new() { Values = new Dictionary<string, string> { [TicketField] = "{{ticket}}", [NumberField] = "{{number}}" } }],
    };

    public const string NumberField = "number";

    protected override Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters) =>
        scans.ConfirmAsync(ticket, person, parameters.Has(NumberField) ? Number(parameters.Required(NumberField).Value) : null);

    internal static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary><c>POST /api/connect/cancel</c>.</summary>
internal sealed class CancelTicket(SessionCheck sessions, TicketScans scans) : TicketCall(sessions), IDocumented
{
    public static Documentation Documentation => new("原生 App：取消登录", "A native app cancels")
    {
        Text = "已经确认的二维码不能再取消（40008），示例即返回该结果。",
        Parameters = [Ticket],
        Faults = Refusals,
        Reply = """{"success":1,"data":{"code":1}}""",
        Demo = [new() { Values = new Dictionary<string, string> { [TicketField] = "{{ticket}}" }, Expects = FaultKind.NotFound }],
    };

    protected override Task<ScanResult> CallAsync(string ticket, ScanPerson person, ScanParameters parameters) => scans.CancelAsync(ticket, person);
}
