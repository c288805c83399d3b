using Bunit;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Users;

public sealed class UsersPageTests : UsersContext
{
    [Fact]
    public void Bones_stand_until_the_first_users_come()
    {
        Door.Close();
        var page = Open();
        Assert.NotEmpty(page.FindAll("tbody .bone"));

        Door.Open();
        page.WaitForAssertion(() => Assert.Contains("还没有用户", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_yet_leads_to_the_first_login()
    {
        var page = Open();
        Assert.EndsWith("/p/acme/development/sources", page.Find(".empty .btn-primary").GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotNull(page.Find(".empty a[href='/sandbox/standard']"));
    }

    [Fact]
    public void A_load_that_is_refused_says_so_and_can_be_tried_again()
    {
        var page = Open("", new Actor(ActorKind.Administrator, "8", "", null, null));
        Assert.Contains("您的角色没有此权限", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[role=alert] button"));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task The_list_names_a_user_and_masks_what_is_personal()
    {
        var login = await LoginAsync("ming", "小明", "13838383388");
        var row = Open().Find("tbody tr");

        Assert.Contains("小明", row.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{login.UserId}", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("标准第三方", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("+86138****3388", row.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("13838383388", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_goes_into_the_address_and_finds_by_what_is_at_hand()
    {
        var ming = await LoginAsync("ming", "小明", "13838383388");
        await LoginAsync("lei", "李雷");
        var page = Open("?page=1");

        page.On("input[type=search]").Input("13838383388");
        World.Host.Time.Advance(TimeSpan.FromMilliseconds(300));
        page.WaitForAssertion(() => Assert.EndsWith("users?q=13838383388", Navigate.Uri, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));

        foreach (var text in new[] { $"{ming.UserId}", "ming", "小" })
        {
            Navigate.NavigateTo($"/p/acme/development/users?q={Uri.EscapeDataString(text)}");
            page.WaitForAssertion(() => Assert.Contains("小明", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Filters_go_into_the_address_and_narrow()
    {
        await LoginAsync("ming", "小明");
        var lei = await LoginAsync("lei", "李雷");
        World.Done(await World.Get<FederationConsole.Features.Sessions.UserSessions>().DisableAsync(Actor.Host, World.Development.Id, new(lei.UserId)));
        var page = Open("?page=3");

        Navigate.NavigateTo(page.Find("a[href$='status=disabled']").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Contains("李雷", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("page=", Navigate.Uri, StringComparison.Ordinal);

        await page.Find("select").ChangeAsync(new() { Value = "4" });
        Assert.EndsWith("users?status=disabled&origin=4", Navigate.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("没有符合条件的用户", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_arrives_by_itself_and_leaves_the_open_card()
    {
        var ming = await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.WaitForAssertion(() => Assert.Contains("小明", page.Find("#side-title").TextContent, StringComparison.Ordinal));

        await LoginAsync("lei", "李雷");
        await LoginAsync("mei", "韩梅梅");
        World.Host.Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() =>
        {
            World.Host.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(3, page.FindAll("table tbody tr").Count);
        });
        Assert.Contains("小明", page.Find("#side-title").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_neighbour_environments_users_are_not_here()
    {
        await World.LoginAsync("ming", environment: World.Production);
        Assert.Contains("还没有用户", Open().Markup, StringComparison.Ordinal);
    }
}
