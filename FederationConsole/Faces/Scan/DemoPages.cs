using System.Text.Json;
using FederationConsole.Features.QrLogin;
using Microsoft.Extensions.Options;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// 1.1 扫码登录Demo体验: an app's website in Development, both ways in. The callback does what the app's server would do, by the same two
/// calls, and shows both answers.
/// </summary>
internal sealed class DemoPages(AuthCodes codes, AppUsers users, ScanTargets targets, IOptions<QrLoginOptions> options)
{
    private static readonly JsonSerializerOptions Indented = new(ScanJson.Wire.Options) { WriteIndented = true };

    private readonly string _secret = options.Value.DemoAppSecret;

    public async Task IndexAsync(HttpContext http)
    {
        if (targets.DemoAppKey is not { } app)
        {
            await None().WriteAsync(http);
            return;
        }

        var redirect = Uri.EscapeDataString(new FaceCall(http).Origin + ScanTargets.DemoCallback);
        await new LightPage(ScanTexts.Get("Demo.Title"), Markup.Of($"""
            <header><h1>{ScanTexts.Get("Demo.Title")}</h1><p class="hint">{ScanTexts.Get("Demo.Lead")}</p></header>
            <main class="demo" data-app="{app}" data-callback="{ScanTargets.DemoCallback}">
            <section class="card"><h2>{ScanTexts.Get("Demo.Redirect")}</h2><p>{ScanTexts.Get("Demo.RedirectText")}</p>
            <p><a class="button primary" id="redirect" href="/api/connect/qrlogin?app_id={app}&amp;redirect_uri={redirect}&amp;state=demo">{ScanTexts.Get("Demo.Button")}</a></p></section>
            <section class="card"><h2>{ScanTexts.Get("Demo.Embedded")}</h2><p>{ScanTexts.Get("Demo.EmbeddedText")}</p>
            <div id="login_container"></div>
            <h3>{ScanTexts.Get("Demo.Events")}</h3><ol id="events" aria-live="polite"></ol></section>
            </main>
            <script src="/js/yzsLogin.js"></script>
            """)) { Script = "/js/demo.js", HasFrames = true, Kind = "wide" }.WriteAsync(http);
    }

    public async Task CallbackAsync(HttpContext http)
    {
        if (targets.DemoAppKey is not { } app)
        {
            await None().WriteAsync(http);
            return;
        }

        var face = new ScanFace();
        var session = await codes.RedeemAsync(app, _secret, http.Request.Query["auth_code"].ToString());
        var user = session.Ok ? await users.ReadAsync(session.Value.AccessToken) : session.Fault;
        var token = session.Ok ? face.Succeed(new AccessTokenReply(1, session.Value.AccessToken[..6] + "…")) : face.Fail(session.Fault);
        var info = user.Ok ? face.Succeed(new UserInfoReply(1, ScanTexts.Get("Normal"), GetUserInfo.Info(user.Value))) : face.Fail(user.Fault);
        await new LightPage(ScanTexts.Get("Demo.Title"), Markup.Of($"""
            <main class="card demo-done">
            <h1 class="{(user.Ok ? "good" : "alarm")}">{(user.Ok ? ScanTexts.Get("Demo.Welcome", user.Value.User.Nickname ?? user.Value.User.Id.ToString()) : ScanTexts.Get("Demo.Refused"))}</h1>
            <p class="hint">{ScanTexts.Get(user.Ok ? "Demo.Server" : "Demo.RefusedText")}</p>
            <h2>get-access-token</h2><pre>{Text(token)}</pre>
            <h2>get-user-info</h2><pre>{Text(info)}</pre>
            <p><a class="button" href="/demo/login/index">{ScanTexts.Get("Demo.Back")}</a></p>
            </main>
            """)) { Kind = "wide" }.WriteAsync(http);
    }

    private static string Text(FaceAnswer answer) => JsonSerializer.Serialize(answer.Body, Indented.GetTypeInfo(answer.Body.GetType()));

    private static LightPage None() => new(ScanTexts.Get("Demo.Title"), Markup.Of($"""
        <main class="card"><h1>{ScanTexts.Get("Demo.Title")}</h1><p>{ScanTexts.Get("Demo.None")}</p></main>
        """)) { Status = StatusCodes.Status404NotFound };
}
