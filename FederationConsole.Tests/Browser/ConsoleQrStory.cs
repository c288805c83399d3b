using System.Text.RegularExpressions;
using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>An administrator binds a user and signs in by a phone: two browsers, as it is done by hand.</summary>
public sealed class ConsoleQrStory
{
    private const string Email = "owner@example.com";
    private const string Password = "correct horse battery";
    private const string Mobile = "13838383388";

    [Fact]
    public async Task An_administrator_binds_a_user_and_signs_in_by_the_phone()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Admin:Email"] = Email, ["Admin:Password"] = Password } });
        await world.RegisteredAsync(Mobile);
        World.Done(await world.Get<HostService>().SetPolicyAsync(Actor.Host, twoStepRequired: false, world.Development.Id, version: 0));
        await Chromium.VisitAsync(world.Host.Address, async pc =>
        {
            await using var other = await pc.Context.Browser!.NewContextAsync(new() { BaseURL = world.Host.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 390, Height = 844 } });
            var phone = await other.NewPageAsync();

            var key = await HasTwoStepAsync(world);
            await pc.GotoAsync(AccountPaths.SignIn);
            await pc.GetByLabel("邮箱").FillAsync(Email);
            await pc.GetByLabel("密码").FillAsync(Password);
            await pc.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
            await SecondAsync(world, pc, key);
            await pc.GotoAsync(AccountPaths.Mine);
            await pc.GetByRole(AriaRole.Link, new() { Name = "管理" }).ClickAsync();
            await Expect(pc.GetByText("尚未绑定用户")).ToBeVisibleAsync();
            await pc.AssertAccessibleAsync();
            await pc.GetByLabel("当前密码").FillAsync(Password);
            await pc.GetByRole(AriaRole.Button, new() { Name = "绑定用户" }).ClickAsync();
            await phone.GotoAsync("/m/scan/" + await TicketAsync(pc));
            await phone.GetByLabel("手机号或邮箱").FillAsync(Mobile);
            await phone.GetByLabel("密码").Last.FillAsync(People.Password);
            await phone.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
            await Expect(phone.GetByText("登录「Federation Console」？")).ToBeVisibleAsync();
            await ConfirmAsync(pc, phone);
            await Expect(pc.GetByText("绑定成功")).ToBeVisibleAsync();
            await pc.AssertAccessibleAsync();

            await pc.Context.ClearCookiesAsync();
            await pc.GotoAsync("/settings");
            await pc.GetByRole(AriaRole.Link, new() { Name = "扫码登录" }).ClickAsync();
            await Expect(pc.Locator("#scan")).ToBeVisibleAsync();
            await pc.AssertAccessibleAsync();
            await phone.GotoAsync("/m/scan/" + await TicketAsync(pc));
            await ConfirmAsync(pc, phone);
            await SecondAsync(world, pc, key);
            await Expect(pc).ToHaveURLAsync(new Regex("/settings$", RegexOptions.None, TimeSpan.FromSeconds(1)));
            await Expect(pc.GetByRole(AriaRole.Heading, new() { Name = "管理员与角色" })).ToBeVisibleAsync();
        });
    }

    private static async Task<string> HasTwoStepAsync(World world)
    {
        var owner = World.Value(await world.Get<AdministratorService>().ListAsync(Actor.Host)).Single();
        var actor = await world.Get<AdministratorDirectory>().ActorAsync(owner.Id, null, null);
        var key = World.Value(await world.Get<MyAccountService>().BeginTwoStepAsync(actor)).Key;
        World.Value(await world.Get<MyAccountService>().EnableTwoStepAsync(actor, Code(world, key)));
        return key;
    }

    /// <summary>A code works once: the next one's.</summary>
    private static async Task SecondAsync(World world, IPage pc, string key)
    {
        await Expect(pc.GetByRole(AriaRole.Heading, new() { Name = "两步验证" })).ToBeVisibleAsync();
        world.Host.Time.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        await pc.GetByLabel("验证码").FillAsync(Code(world, key));
        await pc.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await pc.WaitForURLAsync(url => !url.Contains(AccountPaths.TwoStep, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }

    private static string Code(World world, string key) => Totp.Code(key, world.Host.Time.GetUtcNow().ToUnixTimeSeconds() / Totp.StepSeconds);

    private static async Task<string> TicketAsync(IPage pc) => (await pc.Locator("#scan").GetAttributeAsync("data-ticket"))!;

    private static async Task ConfirmAsync(IPage pc, IPage phone)
    {
        await Expect(pc.Locator(".number")).ToBeVisibleAsync();
        await phone.GetByRole(AriaRole.Radio, new() { Name = await pc.Locator(".number").InnerTextAsync() }).CheckAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "确认登录" }).ClickAsync();
    }
}
