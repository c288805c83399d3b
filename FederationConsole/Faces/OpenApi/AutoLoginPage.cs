using FederationConsole.Features.Guessing;
using FederationConsole.Features.JointLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OpenApi;

/// <summary>
/// <c>GET /home/autoLogin.html?uid=&amp;code=&amp;returl=[&amp;token_in=fragment]</c>. Its script redeems the code: whoever only looks at a link (a
/// mail scanner, a preview) spends nothing. A link that leads nowhere is said so in the first answer, without a script and without a link.
/// </summary>
internal sealed class AutoLoginPage(JointCodes codes, GuessGuard guard) : IDocumented
{
    public const string Fragment = "fragment";

    private const string Uid = "uid";
    private const string TokenIn = "token_in";

    public static Documentation Documentation => new("前端登录的中间页", "The page that signs the browser in")
    {
        Seed = "000, 2.4",
        Text = "如果之前得到的AccountId,UserCode都是正确的,那进入这个页面后会自动跳转到returl,并且带上用户的访问token。\n\n如果是浏览器访问,前端站点会用定时器自动管理token的刷新。",
        Produces = "text/html",
        Parameters =
        [
            Parameter.Query(Uid, "用户id,即AccountId,见步骤2.2", required: true),
            Parameter.Query(JointCodes.CodeField, "根据用户id获取的登录code,见步骤2.3", required: true),
            Parameter.Query(JointCodes.ReturlField, "登录成功以后访问的目标地址", required: true),
            Parameter.Query(TokenIn, "fragment：token 放在 # 之后；不传则放在查询参数中"),
        ],
        Demo =
        [
            new() { After = typeof(UserCode), Values = new Dictionary<string, string> { [Uid] = "{{account_id}}", [JointCodes.CodeField] = "{{login_code}}", [JointCodes.ReturlField] = "{{return_url}}" } },
        ],
    };

    public async Task ShowAsync(HttpContext http)
    {
        var call = new FaceCall(http);
        var (uid, code, returl) = (call.Query(Uid) ?? "", call.Query(JointCodes.CodeField) ?? "", call.Query(JointCodes.ReturlField) ?? "");
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
