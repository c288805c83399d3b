using FederationConsole.Features.Guessing;
using FederationConsole.Features.JointLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OpenApi;

/// <summary>
/// <c>GET /home/autoLogin.html?uid=&amp;code=&amp;returl=[&amp;token_in=fragment]</c>. Its script redeems the code: whoever only looks at a link (a
/// mail scanner, a preview) spends nothing. A link that leads nowhere is said so in the first answer, without a script and without a link.
/// </summary>
internal sealed class AutoLoginPage(JointCodes codes, GuessGuard guard)
{
    public const string Fragment = "fragment";

    private const string TokenIn = "token_in";

    public async Task ShowAsync(HttpContext http)
    {
        var call = new FaceCall(http);
        var (uid, code, returl) = (call.Query("uid") ?? "", call.Query(JointCodes.CodeField) ?? "", call.Query(JointCodes.ReturlField) ?? "");
        var may = guard.Refuse(call.Address) is { } refused ? refused
            : uid.Length == 0 || code.Length == 0 || returl.Length == 0 ? FaultKind.Missing
            : await codes.CheckAsync(uid, returl);
        if (may.Fault is { } fault)
        {
            guard.Count(call.Address, fault.Kind == FaultKind.UnknownUser ? FaultKind.NotFound : fault.Kind);
            await Refusal(fault).WriteAsync(http);
            return;
        }

        await Page(uid, code, returl, call.Query(TokenIn) == Fragment).WriteAsync(http);
    }

    private static LightPage Page(string uid, string code, string returl, bool inFragment) => new(OpenApiTexts.Get("Page.Title"), Markup.Of($"""
        <main class="card notice" id="autologin" data-uid="{uid}" data-code="{code}" data-returl="{returl}" data-token-in="{(inFragment ? Fragment : "query")}">
        <h1 id="title">{OpenApiTexts.Get("Page.Busy")}</h1>
        <p id="status" role="status" aria-live="polite">{OpenApiTexts.Get("Page.BusyText")}</p>
        <p id="over" class="alarm" role="alert" hidden data-title="{OpenApiTexts.Get("Page.Over")}" data-410="{OpenApiTexts.Get("Page.410")}" data-403="{OpenApiTexts.Get("Page.403")}" data-other="{OpenApiTexts.Get("Page.Other")}"></p>
        <p><button type="button" id="again" hidden>{OpenApiTexts.Get("Page.Again")}</button></p>
        <noscript><p class="alarm">{OpenApiTexts.Get("Page.NoScript")}</p></noscript>
        </main>
        """)) { Script = "/js/autologin.js", Kind = "full" };

    /// <summary>Says in plain words that the link is none, and leads nowhere.</summary>
    private static LightPage Refusal(Fault fault) => new(OpenApiTexts.Get("Page.Over"), Markup.Of($"""
        <main class="card notice">
        <h1 class="alarm">{OpenApiTexts.Get("Page.Over")}</h1>
        <p>{OpenApiTexts.Get(fault switch
        {
            { Kind: FaultKind.TooMany } => "Page.TooMany",
            { Kind: FaultKind.Invalid } => "Page.Returl",
            _ => "Page.410",
        })}</p>
        </main>
        """))
    {
        Status = fault.Kind == FaultKind.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest, Kind = "full",
    };
}
