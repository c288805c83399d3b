using System.Text.RegularExpressions;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Tests.Faces.OpenApi;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>
/// Seeds 000 and 001 as one story: an organiser's system makes a person, who registers on the phone, has the mail, is sent into the
/// organiser's website signed in, and is let in at one desk while another sees it.
/// </summary>
public sealed class MeetingStory
{
    private const string Email = "owner@example.com";
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_person_registers_has_the_mail_is_signed_in_elsewhere_and_is_let_in_at_the_desk()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Admin:Email"] = Email, ["Admin:Password"] = Password } });
        await world.MeetingAsync(adjust: m => m.Messages = [MeetingMessageRules.Default(MeetingMessageKind.Confirmation) with { Mail = true, Sms = true }]);
        await using var site = await WebsiteAsync(world);
        var address = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/');
        await world.AllowReturnAsync(address + "/");
        var token = await world.AppTokenAsync(world.AppKey);
        var created = await world.CreateAsync(token, new { accountName = "wangfang", email = "wang@example.com", isEmailActivated = true, fullName = "王芳" });
        var uid = created.Json.GetProperty("returnObj").GetProperty("accountId").GetString()!;

        var code = "";
        await Chromium.VisitAsync(world.Host.Address, async phone =>
        {
            await phone.GotoAsync("/m/register/meeting-1");
            await phone.GetByRole(AriaRole.Link, new() { Name = "嘉宾" }).ClickAsync();
            await phone.GetByLabel("姓名").FillAsync("王芳");
            await phone.GetByLabel("邮箱").FillAsync("wang@example.com");
            await phone.AssertAccessibleAsync();
            await phone.GetByRole(AriaRole.Button, new() { Name = "提交报名" }).ClickAsync();
            await phone.WaitForURLAsync(new Regex("/m/ticket/[0-9]{19}$", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { WaitUntil = WaitUntilState.Commit });
            code = phone.Url[^19..];
            await Expect(phone.GetByText("王芳").First).ToBeVisibleAsync();
            await phone.AssertAccessibleAsync();

            // Into the organiser's website, signed in as who registered.
            await phone.GotoAsync($"/home/autoLogin.html?uid={uid}&code={await world.UserCodeAsync(token, uid)}&returl={Uri.EscapeDataString(address + "/welcome")}");
            await phone.WaitForURLAsync(address + "/welcome", new() { WaitUntil = WaitUntilState.Commit });
            await phone.WaitForFunctionAsync("window.heard.length === 1 && window.heard[0] !== null");
        }, phone => phone.ViewportSize = new() { Width = 390, Height = 844 });

        Assert.Equal(1, await world.Get<NoticeQueue>().SendDueAsync(default));
        var (attendee, account) = await world.ReadAsync(async db => (await db.Set<Attendee>().SingleAsync(), await db.Set<User>().SingleAsync(u => u.AccountId == Guid.Parse(uid))));
        Assert.Equal(account.Id, attendee.UserId);

        await Chromium.VisitAsync(world.Host.Address, async desk =>
        {
            await SignInAsync(desk);
            await desk.GotoAsync("/p/acme/development/messages");
            await Expect(desk.GetByText("报名成功：开发者大会")).ToBeVisibleAsync();
            await Expect(desk.GetByText($"/m/ticket/{code}")).ToBeVisibleAsync();
            await Expect(desk.GetByAltText("邮件附带的签到码")).ToBeVisibleAsync();

            var second = await desk.Context.NewPageAsync();
            foreach (var one in new[] { desk, second })
            {
                await one.GotoAsync("/p/acme/development/meetings/meeting-1/check-in");
                await Expect(one.Locator("[data-count]")).ToHaveTextAsync("0 / 1");
            }

            await desk.Locator("#desk-code").FillAsync(code);
            await desk.Keyboard.PressAsync("Enter");
            await Expect(desk.Locator("[data-desk-answer=good]")).ToContainTextAsync("王芳");
            await Expect(second.Locator("[data-count]")).ToHaveTextAsync("1 / 1");
            await Expect(second.Locator("[data-arrived]")).ToContainTextAsync("王芳");
            await desk.AssertAccessibleAsync();

            // Typed as fast as a scanner types: what an answer to an earlier key brings must not take later ones away.
            await desk.GetByRole(AriaRole.Link, new() { Name = "全部会议" }).ClickAsync();
            // The frame gives the focus to the title.
            await Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "会议", Exact = true })).ToBeFocusedAsync();
            var search = desk.Locator("[data-search]");
            await search.FocusAsync();
            await desk.Keyboard.TypeAsync(code);
            // An answer is there; which hits it finds, RegistrationLookupTests say: this host's clock stands.
            await Expect(search).ToHaveAttributeAsync("aria-expanded", "true");
            await Expect(search).ToHaveValueAsync(code);
        });
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync(AccountPaths.SignIn);
        await page.GetByLabel("邮箱").FillAsync(Email);
        await page.GetByLabel("密码").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains(AccountPaths.SignIn, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>The organiser's website, whose page includes the script.</summary>
    private static async Task<WebApplication> WebsiteAsync(World world)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/welcome", () => Results.Content($$"""
            <!doctype html><title>meeting</title><p>welcome</p>
            <script src="{{world.Host.Address.GetLeftPart(UriPartial.Authority)}}/js/session.js"></script>
            <script>window.heard = []; FederationSession.onChange(token => window.heard.push(token));</script>
            """, "text/html"));
        await app.StartAsync();
        return app;
    }
}
