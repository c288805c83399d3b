using FederationConsole.Features.Administrators;
using FederationConsole.Features.Registrations;
using FederationConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>Two desks of one meeting: a typed code at one, a camera at the other, one count.</summary>
public sealed class CheckInStory
{
    private const string Email = "owner@example.com";
    private const string Password = "correct horse battery";

    /// <summary>A camera and a reader of codes that this Chromium has not: the reader sees what the story holds in front of it.</summary>
    private const string Camera = """
        window.held = []; window.sent = 0;
        window.BarcodeDetector = class { static async getSupportedFormats() { return ["qr_code"]; } async detect() { return window.held.map(rawValue => ({ rawValue })); } };
        navigator.mediaDevices.getUserMedia = async () => window.camera = document.createElement("canvas").captureStream();
        document.addEventListener("change", e => { if (e.target.matches("[data-desk-scanned]")) window.sent++; }, true);
        """;

    [Fact]
    public async Task Two_desks_let_people_in_and_count_together()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Admin:Email"] = Email, ["Admin:Password"] = Password } });
        var meeting = await world.MeetingAsync();
        var (typed, shown) = (await CodeAsync(1), await CodeAsync(2));
        await Chromium.VisitAsync(world.Host.Address, async typing =>
        {
            await typing.GotoAsync(AccountPaths.SignIn);
            await typing.GetByLabel("邮箱").FillAsync(Email);
            await typing.GetByLabel("密码").FillAsync(Password);
            await typing.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
            await typing.WaitForURLAsync(url => !url.Contains(AccountPaths.SignIn, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
            var camera = await typing.Context.NewPageAsync();
            await camera.AddInitScriptAsync(Camera);
            var address = $"/p/{world.Development.ProjectCode}/development/meetings/{meeting.Meeting.Key}/check-in";
            await typing.GotoAsync(address);
            await camera.GotoAsync(address);
            await Expect(typing.Locator("#desk-code")).ToBeFocusedAsync();
            await Expect(camera.Locator("[data-count]")).ToHaveTextAsync("0 / 2");
            await typing.AssertAccessibleAsync();

            // A scanner gun types wherever the focus is.
            await typing.EvaluateAsync("document.activeElement.blur()");
            await typing.Keyboard.TypeAsync(typed);
            await typing.Keyboard.PressAsync("Enter");
            await Expect(typing.Locator("[data-desk-answer=good]")).ToContainTextAsync("签到成功");
            await Expect(camera.Locator("[data-count]")).ToHaveTextAsync("1 / 2");
            await Expect(typing.Locator("#desk-code")).ToHaveValueAsync("");

            await camera.GetByRole(AriaRole.Button, new() { Name = "打开摄像头" }).ClickAsync();
            await Expect(camera.Locator("[data-desk-video]")).ToBeVisibleAsync();
            await camera.EvaluateAsync("code => window.held = [code]", shown);
            await Expect(camera.Locator("[data-desk-answer=good]")).ToContainTextAsync("签到成功");
            world.Host.Time.Advance(TimeSpan.FromSeconds(2));
            await Expect(typing.Locator("[data-count]")).ToHaveTextAsync("2 / 2");
            await Expect(typing.Locator("[data-arrived]")).ToHaveCountAsync(2);
            // Held for longer than a look of the camera, it was sent once.
            await camera.WaitForTimeoutAsync(600);
            Assert.Equal(1, await camera.EvaluateAsync<int>("window.sent"));
            await camera.AssertAccessibleAsync();

            await camera.GetByRole(AriaRole.Link, new() { Name = "参会人", Exact = true }).ClickAsync();
            await Expect(camera.GetByRole(AriaRole.Link, new() { Name = "登记参会人" })).ToBeVisibleAsync();
            await Expect(camera.Locator("[data-desk]")).ToHaveCountAsync(0);
            Assert.True(await camera.EvaluateAsync<bool>("window.camera.getTracks().every(track => track.readyState === 'ended')"));
        });

        async Task<string> CodeAsync(int number) => World.Value(await world.RegisterAsync(meeting, MeetingWorld.Asks(MeetingWorld.Mobile(number)))).Attendee.CheckinCode;
    }
}
