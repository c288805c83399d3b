using System.Net;
using AngleSharp.Html.Dom;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.ConsoleQr;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Faces.Scan;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>Administrators sign in by a code that the user confirms whom they bound, and nobody else does.</summary>
public sealed class ConsoleQrTests
{
    private const string Email = "owner@example.com";
    private const string Password = "correct horse battery";
    private const string Mobile = "13838383388";

    [Theory, BothDatabases]
    public async Task The_bound_user_s_code_and_the_second_step_sign_the_administrator_in_and_the_audit_says_how(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        using var browser = new PlainBrowser(stand.Scan.World.Host);
        const string Second = "/account/two-step?returnUrl=%2Fp%2Fdemo";
        Assert.Equal(Second, (await stand.SignInAsync(browser, stand.Token, "/account/sign-in/qr?returnUrl=%2Fp%2Fdemo")).Headers.Location!.OriginalString);

        // The code alone opened nothing, and a wrong second step opens nothing either.
        Assert.DoesNotContain("console", browser.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/account")).Answer.StatusCode);
        Assert.Contains(SignInActions.QrAccepted, await stand.ActionsAsync());
        Assert.Equal(HttpStatusCode.OK, (await stand.SecondAsync(browser, Second, "000000")).StatusCode);
        Assert.DoesNotContain("console", browser.Cookies.Keys);
        Assert.DoesNotContain(SignInActions.DoneByQr, await stand.ActionsAsync());

        Assert.EndsWith("/p/demo", (await stand.SecondAsync(browser, Second, stand.CodeNow())).Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("console", browser.Cookies.Keys);
        Assert.Contains(SignInActions.DoneByQr, await stand.ActionsAsync());
        var (mine, _) = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
    }

    [Theory, BothDatabases]
    public async Task Numbers_are_matched_whatever_the_apps_say_and_a_code_works_once(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        var world = stand.Scan.World;
        World.Done(await world.Get<QrSettings>().SetPolicyAsync(Actor.Host, world.Development.Id, world.AppOf(world.Development), numberMatching: false, 0, 0));
        using var browser = new PlainBrowser(world.Host);
        var (code, page) = await stand.OpenAsync(browser);
        await stand.Scan.ScanAsync(code, stand.Token);
        Assert.Equal(40001, (await stand.Scan.ConfirmAsync(code, stand.Token, null)).ScanCode());
        Assert.Equal(1, (await stand.Scan.ConfirmAsync(code, stand.Token, (await stand.Scan.NowAsync(code)).GetProperty("number").GetString())).ScanCode());
        var authCode = (await stand.Scan.NowAsync(code)).GetProperty("auth_code").GetString()!;

        // Not by an app, and once here.
        Assert.Equal(40004, (await stand.Scan.RedeemAsync(authCode)).ScanCode());
        using var other = new PlainBrowser(world.Host);
        var (_, otherPage) = await stand.OpenAsync(other);
        Assert.Equal(HttpStatusCode.SeeOther, (await Stand.SendAsync(browser, page, authCode)).Answer.StatusCode);
        await AssertRefusedAsync(other, otherPage, authCode);
    }

    [Theory, BothDatabases]
    public async Task An_app_s_code_and_a_binding_s_code_open_nothing(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        using var browser = new PlainBrowser(stand.Scan.World.Host);
        var (_, page) = await stand.OpenAsync(browser);
        await AssertRefusedAsync(browser, page, await stand.Scan.LoginAsync(await stand.Scan.OpenAsync(), stand.Token));
        var binding = World.Value(await stand.Service.BeginBindingAsync(stand.Owner, Password, Pc));
        await AssertRefusedAsync(browser, page, await stand.Scan.LoginAsync(new(binding.Keys.Ticket, binding.Keys.Secret), stand.Token));

        // And the other way round: what signs in does not bind.
        var signIn = World.Value(await stand.Service.BeginSignInAsync(Pc));
        var code = await stand.Scan.LoginAsync(new(signIn.Keys.Ticket, signIn.Keys.Secret), stand.Token);
        Assert.Equal(FaultKind.NotFound, (await stand.Service.BindAsync(stand.Owner, code)).Fault!.Kind);
    }

    [Theory, BothDatabases]
    public async Task Nobody_gets_in_by_a_user_who_is_not_bound_or_was_unbound_disabled_or_merged(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        using var browser = new PlainBrowser(stand.Scan.World.Host);
        var stranger = (await stand.Scan.World.MemberAsync("13900000000")).AccessToken;
        await stand.RefusedAsync(browser, stranger);

        await stand.RefusedAsync(browser, stand.Token, between: user => user.DisabledAt = DateTimeOffset.UnixEpoch);
        await stand.ChangeUserAsync(user => user.DisabledAt = null);
        await stand.RefusedAsync(browser, stand.Token, between: user => user.MergedInto = UserId.Of(1));
        await stand.ChangeUserAsync(user => user.MergedInto = null);

        Assert.Equal(FaultKind.Invalid, (await stand.Service.UnbindAsync(stand.Owner, "wrong password")).Fault!.Kind);
        World.Done(await stand.Service.UnbindAsync(stand.Owner, Password));
        await stand.RefusedAsync(browser, stand.Token);
        Assert.Contains(SignInActions.Failed, await stand.ActionsAsync());
        Assert.DoesNotContain("console", browser.Cookies.Keys);
    }

    [Theory, BothDatabases]
    public async Task A_disabled_or_locked_administrator_stays_out(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        using var browser = new PlainBrowser(stand.Scan.World.Host);
        await stand.ChangeAdministratorAsync(row => row.LockoutEnd = stand.Scan.World.Host.Time.GetUtcNow().AddMinutes(5));
        await stand.RefusedAsync(browser, stand.Token);
        await stand.ChangeAdministratorAsync(row => (row.LockoutEnd, row.DisabledAt) = (null, DateTimeOffset.UnixEpoch));
        await stand.RefusedAsync(browser, stand.Token);
    }

    [Theory, BothDatabases]
    public async Task Who_runs_the_user_s_project_does_not_get_in_with_the_user(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        var world = stand.Scan.World;
        using var browser = new PlainBrowser(world.Host);
        var reset = World.Value(await world.Get<UserAccess>().ResetPasswordAsync(Actor.Host, world.Development.Id, stand.User));
        var token = (await world.PasswordLoginAsync(Mobile, reset.Reveal())).Json.GetProperty("access_token").GetString()!;
        Assert.True((await stand.StandingAsync()).IsVoid);
        await stand.RefusedAsync(browser, token);
        Assert.Equal(1, (await stand.ActionsAsync()).Count(a => a == ConsoleQrService.VoidAction));

        // Told to its administrator, and over for good: said once, and not mended by the user's next sign-in.
        Assert.True((await stand.StandingAsync()).IsVoid);
        await stand.RefusedAsync(browser, token);
        Assert.Equal(1, (await stand.ActionsAsync()).Count(a => a == ConsoleQrService.VoidAction));
        await stand.BindAsync(token);
        Assert.False((await stand.StandingAsync()).IsVoid);
        Assert.Equal(AccountPaths.TwoStep, (await stand.SignInAsync(browser, token)).Headers.Location!.OriginalString);
    }

    [Theory, BothDatabases]
    public async Task A_binding_falls_with_every_way_in_that_changes(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        var world = stand.Scan.World;
        using var browser = new PlainBrowser(world.Host);
        World.Done(await world.Get<UserAccess>().BindAsync(Actor.Host, world.Development.Id, stand.User, new((int)SourceKind.Standard, null, "somebody-else")));
        await stand.RefusedAsync(browser, stand.Token);
        await stand.BindAsync(stand.Token);
        World.Done(await world.Get<UserAccess>().UnbindAsync(Actor.Host, world.Development.Id, stand.User, (int)SourceKind.Standard));
        await stand.RefusedAsync(browser, stand.Token);

        // What was set back after a sign-in found it changed stays void.
        await stand.BindAsync(stand.Token);
        await stand.ChangeUserAsync(user => user.Email = "other@example.com");
        await stand.RefusedAsync(browser, stand.Token);
        await stand.ChangeUserAsync(user => user.Email = null);
        await stand.RefusedAsync(browser, stand.Token);
        await stand.BindAsync(stand.Token);
        await stand.ChangeUserAsync(user => user.Phone = "+8613800000001");
        await stand.RefusedAsync(browser, stand.Token);
        Assert.Equal(4, (await stand.ActionsAsync()).Count(a => a == ConsoleQrService.VoidAction));
        Assert.DoesNotContain("console-half", browser.Cookies.Keys);
    }

    [Theory, BothDatabases]
    public async Task Without_two_steps_nobody_binds_and_nobody_gets_in(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        var world = stand.Scan.World;
        using var browser = new PlainBrowser(world.Host);
        Assert.Equal(AccountPaths.TwoStep, (await stand.SignInAsync(browser, stand.Token)).Headers.Location!.OriginalString);
        var begun = World.Value(await stand.Service.BeginBindingAsync(stand.Owner, Password, Pc));
        World.Done(await world.Get<MyAccountService>().DisableTwoStepAsync(stand.Owner, Password));

        // Who is between the two steps by QR may not make a second step of their own, though the policy asks for one.
        World.Done(await world.Get<HostService>().SetPolicyAsync(Actor.Host, twoStepRequired: true, world.Development.Id, version: 1));
        Assert.EndsWith(AccountPaths.SignIn, (await browser.GetAsync(AccountPaths.Enrol)).Answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var other = new PlainBrowser(world.Host);
        await stand.RefusedAsync(other, stand.Token);

        Assert.Equal(ConsoleQrService.TwoStepField, (await stand.Service.BeginBindingAsync(stand.Owner, Password, Pc)).Fault!.Field);
        var code = await stand.Scan.LoginAsync(new(begun.Keys.Ticket, begun.Keys.Secret), stand.Token);
        Assert.Equal(ConsoleQrService.TwoStepField, (await stand.Service.BindAsync(stand.Owner, code)).Fault!.Field);
    }

    [Theory, BothDatabases]
    public async Task A_code_is_over_a_minute_after_its_confirmation_and_a_form_without_its_token_is_not_taken(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        using var browser = new PlainBrowser(stand.Scan.World.Host);
        var (code, page) = await stand.OpenAsync(browser);
        var authCode = await stand.Scan.LoginAsync(code, stand.Token);
        var (forged, _) = await browser.SubmitAsync(AccountPaths.SignInByQr, page, new Dictionary<string, string> { ["code"] = authCode }, withToken: false);
        Assert.Equal(AccountPaths.SignInByQr, forged.Headers.Location!.OriginalString);
        Assert.DoesNotContain("console", browser.Cookies.Keys);
        stand.Scan.World.Host.Time.Advance(TimeSpan.FromSeconds(61));
        await AssertRefusedAsync(browser, page, authCode);
    }

    [Theory, BothDatabases]
    public async Task Where_the_host_does_not_offer_it_there_is_nothing(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        using var browser = new PlainBrowser(stand.Scan.World.Host);
        var (code, page) = await stand.OpenAsync(browser);
        var authCode = await stand.Scan.LoginAsync(code, stand.Token);
        Assert.NotNull((await browser.GetAsync(AccountPaths.SignIn)).Page.QuerySelector($"a[href='{AccountPaths.SignInByQr}']"));

        World.Done(await stand.Scan.World.Get<HostService>().SetPolicyAsync(Actor.Host, false, null, version: 1));
        Assert.Equal(HttpStatusCode.SeeOther, (await Stand.SendAsync(browser, page, authCode)).Answer.StatusCode);
        Assert.DoesNotContain("console", browser.Cookies.Keys);
        Assert.Equal(AccountPaths.SignIn, (await browser.GetAsync(AccountPaths.SignInByQr)).Answer.Headers.Location!.OriginalString);
        Assert.Null((await browser.GetAsync(AccountPaths.SignIn)).Page.QuerySelector($"a[href='{AccountPaths.SignInByQr}']"));
        Assert.Equal(FaultKind.NotAllowedNow, (await stand.Service.BeginBindingAsync(stand.Owner, Password, Pc)).Fault!.Kind);
    }

    [Theory, BothDatabases]
    public async Task A_user_is_bound_by_one_administrator_who_knows_the_password_alone(DatabaseKind database)
    {
        await using var stand = await Stand.StartAsync(database);
        var administrators = stand.Scan.World.Get<AdministratorService>();
        var second = World.Value(await administrators.CreateAsync(Actor.Host, "li@example.com", "Li", [new(null, Role.Owner)]));
        var actor = new Actor(ActorKind.Administrator, second.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), "Li", null, null) { Grants = [new(null, Role.Owner)] };
        await stand.HasTwoStepAsync(actor);
        Assert.Equal(FaultKind.Invalid, (await stand.Service.BeginBindingAsync(actor, Password, Pc)).Fault!.Kind);

        // Another's code binds nothing to me, and a user who is another's is told to be taken.
        var theirs = World.Value(await stand.Service.BeginBindingAsync(stand.Owner, Password, Pc));
        Assert.Equal(FaultKind.NotFound, (await stand.Service.BindAsync(actor, await stand.Scan.LoginAsync(new(theirs.Keys.Ticket, theirs.Keys.Secret), stand.Token))).Fault!.Kind);
        var mine = World.Value(await stand.Service.BeginBindingAsync(actor, second.Password, Pc));
        Assert.Equal(FaultKind.Taken, (await stand.Service.BindAsync(actor, await stand.Scan.LoginAsync(new(mine.Keys.Ticket, mine.Keys.Secret), stand.Token))).Fault!.Kind);
        Assert.Contains("administrator.qr_bound", await stand.ActionsAsync());
    }

    private static Device Pc => new("Edge 140", "Windows", "192.0.2.7", "192.0.2.7", null);

    private static async Task AssertRefusedAsync(PlainBrowser browser, IHtmlDocument page, string code)
    {
        var (answer, refused) = await Stand.SendAsync(browser, page, code);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("登录未通过", refused.QuerySelector(".alarm")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("console", browser.Cookies.Keys);
    }

    /// <summary>A host that offers it, an owner, and the user whom the owner bound.</summary>
    private sealed class Stand(ScanWorld scan, UserId user, string token) : IAsyncDisposable
    {
        private string _key = "";

        public UserId User => user;

        public ScanWorld Scan { get; } = scan;

        public string Token { get; } = token;

        public Actor Owner { get; private set; } = Actor.Host;

        public ConsoleQrService Service => Scan.World.Get<ConsoleQrService>();

        public static async Task<Stand> StartAsync(DatabaseKind database)
        {
            var scan = await ScanWorld.CreateAsync(new TestHostOptions
            {
                Database = database, Settings = new Dictionary<string, string> { ["Admin:Email"] = Email, ["Admin:Password"] = Password },
            });
            var login = await scan.World.MemberAsync(Mobile);
            var stand = new Stand(scan, UserId.Of(login.UserId), login.AccessToken);
            World.Done(await scan.World.Get<HostService>().SetPolicyAsync(Actor.Host, twoStepRequired: false, scan.World.Development.Id, version: 0));
            var row = World.Value(await scan.World.Get<AdministratorService>().ListAsync(Actor.Host)).Single();
            stand.Owner = new(ActorKind.Administrator, row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Name, null, null) { Grants = row.Grants };
            stand._key = await stand.HasTwoStepAsync(stand.Owner);
            await stand.BindAsync(stand.Token);
            return stand;
        }

        public async Task<string> HasTwoStepAsync(Actor actor)
        {
            var accounts = Scan.World.Get<MyAccountService>();
            var key = World.Value(await accounts.BeginTwoStepAsync(actor)).Key;
            World.Value(await accounts.EnableTwoStepAsync(actor, Code(key)));
            // Past the code that was just used.
            Scan.World.Host.Time.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
            return key;
        }

        public string CodeNow() => Code(_key);

        public async Task BindAsync(string token)
        {
            var binding = World.Value(await Service.BeginBindingAsync(Owner, Password, Pc));
            World.Done(await Service.BindAsync(Owner, await Scan.LoginAsync(new(binding.Keys.Ticket, binding.Keys.Secret), token)));
        }

        public async Task<BoundUser> StandingAsync() => World.Value(await Service.StandingAsync(Owner)).User!;

        public async Task<HttpResponseMessage> SecondAsync(PlainBrowser browser, string path, string code)
        {
            var (_, page) = await browser.GetAsync(path);
            return (await browser.SubmitAsync(path, page, new Dictionary<string, string> { ["Input.Code"] = code })).Answer;
        }

        public async Task<(Code Code, IHtmlDocument Page)> OpenAsync(PlainBrowser browser, string path = AccountPaths.SignInByQr)
        {
            var (_, page) = await browser.GetAsync(path);
            var root = page.GetElementById("scan")!;
            return (new(root.GetAttribute("data-ticket")!, root.GetAttribute("data-secret")!), page);
        }

        public static Task<(HttpResponseMessage Answer, IHtmlDocument Page)> SendAsync(PlainBrowser browser, IHtmlDocument page, string code, string path = AccountPaths.SignInByQr) =>
            browser.SubmitAsync(path, Without(page), new Dictionary<string, string> { ["code"] = code });

        public async Task<HttpResponseMessage> SignInAsync(PlainBrowser browser, string token, string path = AccountPaths.SignInByQr)
        {
            var (code, page) = await OpenAsync(browser, path);
            return (await SendAsync(browser, page, await Scan.LoginAsync(code, token), path)).Answer;
        }

        public async Task RefusedAsync(PlainBrowser browser, string token, Action<User>? between = null)
        {
            var (code, page) = await OpenAsync(browser);
            var authCode = await Scan.LoginAsync(code, token);
            if (between is not null)
            {
                await ChangeUserAsync(between);
            }

            await AssertRefusedAsync(browser, page, authCode);
        }

        public Task ChangeUserAsync(Action<User> change) => Scan.World.Get<Store>().WriteAsync<Outcome>(Scan.World.Development.Scope, async db =>
        {
            change(await db.Set<User>().SingleAsync(u => u.Id == user));
            db.Audit(Actor.Host, "user.updated", "user", user.ToString());
            return Outcome.Done;
        });

        public Task ChangeAdministratorAsync(Action<Administrator> change) => Scan.World.Get<Store>().WriteAsync<Outcome>(Scope.Host, async db =>
        {
            change(await db.Set<Administrator>().SingleAsync(a => a.Email == Email));
            db.Audit(Actor.Host, "administrator.disabled", "administrator", Owner.Id);
            return Outcome.Done;
        });

        public Task<List<string>> ActionsAsync() => Scan.World.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().OrderBy(l => l.Id).Select(l => l.Action).ToListAsync());

        public ValueTask DisposeAsync() => Scan.DisposeAsync();

        private string Code(string key) => Totp.Code(key, Scan.World.Host.Time.GetUtcNow().ToUnixTimeSeconds() / Totp.StepSeconds);

        /// <summary>The page's script writes the code into a field that is empty until then.</summary>
        private static IHtmlDocument Without(IHtmlDocument page)
        {
            page.QuerySelector("input[name=code]")?.Remove();
            return page;
        }
    }
}
