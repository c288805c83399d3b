using FederationConsole.Features.Accounts;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Messages;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sandbox;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan.Phone;

/// <summary>The ways to sign in on the phone page; each ends with the cookie of <see cref="PhoneSessions"/>, and at the ticket again.</summary>
internal sealed class PhoneWays(
    TicketScans scans, PasswordSignIn passwords, CodeSignIn codes, Captchas captchas, ThirdPartySignIn thirdParties, IServiceProvider services, GuessGuard guard)
{
    private const int MaxText = 254;

    public Task PasswordAsync(HttpContext http) => SignInAsync(http, PhoneViews.Password, async (call, seen, form) =>
    {
        var account = Text(form, "account");
        var phone = PhoneNumber.Parse(account);
        var email = phone is null ? EmailAddress.Parse(account) : null;
        // What is neither is nobody's, after the same work.
        return await passwords.SignInAsync(
            new(seen.Environment.CorpId, null, phone, phone is null ? email ?? account.ToLowerInvariant() : null, form["password"].ToString(), "", call.Address, call.Client, call.RequestId),
            call.Cancellation);
    });

    public Task CodeAsync(HttpContext http) => SignInAsync(http, PhoneViews.Code, async (call, seen, form) =>
        PhoneNumber.Parse(Text(form, "phone")) is { } phone
            ? await codes.SignInAsync(seen.Environment, phone, Text(form, "code"), call.Address, call.Client)
            : FaultKind.PhoneZoneInvalid);

    public Task SendCodeAsync(HttpContext http) => WithAsync(http, PhoneViews.Code, async (call, seen, form) =>
    {
        var text = Text(form, "phone");
        if (PhoneNumber.Parse(text) is not { } phone)
        {
            return FaultKind.PhoneZoneInvalid;
        }

        var captcha = Text(form, "captcha");
        var sent = await codes.SendAsync(seen.Environment, phone, captcha.Length > 0 ? captcha : null, call.Address, call.RequestId);
        var ask = sent.Fault?.Kind is FaultKind.CaptchaNeeded or FaultKind.CaptchaWrong
            ? await captchas.IssueAsync(seen.Environment, MessageTarget.Of(phone), call.Address)
            : default(Outcome<string>?);
        await PhoneViews.SignIn(View(http, seen, PhoneViews.Code) with { Phone = text, Captcha = ask?.Value, Fault = ask?.Fault ?? sent.Fault, IsSent = sent.Ok }).WriteAsync(http);
        return null;
    });

    /// <summary>A person of the sandbox's standard third party, made on the spot. Mapped in Development alone.</summary>
    public Task SandboxAsync(HttpContext http) => SignInAsync(http, PhoneViews.Sandbox, async (call, seen, form) =>
    {
        var name = Text(form, "nickname");
        // The same name is the same person, so that a second try meets the user of the first.
        var openId = "sb-" + Convert.ToHexStringLower(Tokens.Hash(name))[..20];
        var person = services.GetRequiredService<StandardPersons>().Issue(new(openId, name.Length > 0 ? name[..Math.Min(name.Length, 32)] : null, null, null, null));
        return await thirdParties.SignInAsync(
            new(seen.Environment.CorpId, null, (int)SourceKind.Standard, new(person.OpenId, person.AccessToken), call.Address, call.Client, call.RequestId), person.Nickname, "", call.Cancellation);
    });

    private Task SignInAsync(HttpContext http, string way, Func<FaceCall, SeenTicket, IFormCollection, Task<Outcome<IssuedSession>>> signIn) =>
        WithAsync(http, way, async (call, seen, form) =>
        {
            var issued = await signIn(call, seen, form);
            if (!issued.Ok)
            {
                return issued.Fault;
            }

            PhoneSessions.Begin(http, seen.Environment, issued.Value);
            PhonePage.Go(http, PhonePage.TicketOf(http));
            return null;
        });

    /// <summary>Everything that stands before a way in; a fault shows its form again.</summary>
    private async Task WithAsync(HttpContext http, string way, Func<FaceCall, SeenTicket, IFormCollection, Task<Fault?>> work)
    {
        var call = new FaceCall(http);
        var ticket = PhonePage.TicketOf(http);
        var seen = await scans.SeeAsync(ticket);
        var form = await PhonePage.FormAsync(http);
        if (seen is not { Over: null } || form is null || !PhoneSessions.IsOurs(http.Request))
        {
            PhonePage.Go(http, ticket);
            return;
        }

        var fault = guard.Refuse(call.Address) ?? (seen.Environment.Policies.OwnAccounts ? await work(call, seen, form) : FaultKind.WayNotOffered);
        if (fault is not null)
        {
            guard.Count(call.Address, fault.Kind);
            await PhoneViews.SignIn(View(http, seen, way) with { Fault = fault, Account = Text(form, "account"), Phone = Text(form, "phone") }).WriteAsync(http);
        }
    }

    private SignInView View(HttpContext http, SeenTicket seen, string way) =>
        new(PhonePage.TicketOf(http), seen, way, services.GetRequiredService<IHostEnvironment>().IsDevelopment());

    private static string Text(IFormCollection form, string name)
    {
        var text = form[name].ToString().Trim();
        return text.Length <= MaxText && !text.Any(char.IsControl) ? text : "";
    }
}
