using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Attributes;

public sealed class AttributesPageTests : ProjectPages
{
    private static readonly AttributeDefinition Badge = new() { Id = "badge_no", Name = "工牌号", Type = AttributeType.String, MaxLength = 20 };

    private AttributeSchemaService Service => World.Get<AttributeSchemaService>();

    private NavigationManager Navigate => Browser.Services.GetRequiredService<NavigationManager>();

    private IReadOnlyList<AttributeDefinition> Schema => World.Get<AttributeCatalog>().Of(World.Development.Id).Attributes;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(Service);
        Browser.Services.AddSingleton(World.Get<Signals>());
    }

    [Fact]
    public void Empty_it_shows_what_is_always_there_and_leads_to_the_first_step()
    {
        var page = Open<AttributesPage>(Role.Manager);
        page.Until(() => Assert.Contains("还没有添加用户属性", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["phone", "email"], page.FindAll("table td .mono").Select(td => td.TextContent));
        Navigate.NavigateTo(page.Find("a[href*='new=library']").GetAttribute("href")!);
        page.Await(".library");
        Navigate.NavigateTo(page.Find("a[href*='new=custom']").GetAttribute("href")!);
        page.Await("#field-Id");
    }

    [Fact]
    public async Task Many_are_picked_from_the_library_and_what_is_there_is_shown_as_such()
    {
        World.Done(await Service.AddFromLibraryAsync(Actor.Host, World.Development.Id, ["gender"], 0));
        var page = Open<AttributesPage>(Role.Manager, "?new=library");
        page.Until(() => Assert.True(page.Find("[value=gender]").HasAttribute("disabled")));
        page.On(".side [type=search]").Input("公司");
        Assert.Equal(["company", "company_size"], page.FindAll(".library input").Select(box => box.GetAttribute("value")));
        page.On("[value=company]").Change(true);
        page.On(".side [type=search]").Input("");
        page.On("[value=birthday]").Change(true);
        page.On(".side form").Submit();

        page.Until(() => Assert.Equal(["phone", "email", "gender", "company", "birthday"], page.FindAll("table td .mono").Select(td => td.TextContent)));
        page.Until(() => Assert.Empty(page.FindAll(".side")));
    }

    [Fact]
    public async Task One_is_defined_with_faults_at_their_fields()
    {
        World.Done(await Service.DefineAsync(Actor.Host, World.Development.Id, Badge, 0));
        var page = Open<AttributesPage>(Role.Manager, "?new=custom");
        page.On("#field-Id").Input("Badge_No");
        page.On("#field-Name").Input("衣服尺码");
        page.On("#field-Type").Change("Enum");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-Options").GetAttribute("aria-invalid")));

        page.On("[data-option-add]").Click();
        Assert.Equal(2, page.FindAll(".option").Count);
        page.FindAll(".option input")[0].Input("l");
        page.FindAll(".option input")[1].Input("大");
        page.FindAll(".option input")[2].Input("s");
        page.FindAll(".option input")[3].Input("小");
        page.FindAll("[data-option-up]")[1].Click();
        page.On("[data-flag=required]").Change(true);
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-Id").GetAttribute("aria-invalid")));

        page.On("#field-Id").Input("size");
        page.On(".side form").Submit();
        page.Until(() => Assert.Empty(page.FindAll(".side")));
        var made = Schema[1];
        Assert.Equal(("size", AttributeType.Enum, true, "s,l"), (made.Id, made.Type, made.Required, string.Join(',', made.Options.Select(o => o.Code))));
        Assert.Contains("必填", page.FindAll("table tbody tr")[3].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_none_is_told_at_its_field()
    {
        World.Done(await Service.DefineAsync(Actor.Host, World.Development.Id, Badge, 0));
        var page = Open<AttributesPage>(Role.Manager, "?attribute=badge_no");
        page.On("#field-MaxLength").Input("很多");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("1 至 4000", page.Find("#field-MaxLength-error").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#field-Id"));

        page.On("#field-MaxLength").Input("30");
        page.On("#field-Type").Change("Integer");
        Assert.Contains("不再显示", page.Find(".side .notice-warn").TextContent, StringComparison.Ordinal);
        page.On("#field-Min").Input("1");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));
        Assert.Equal((AttributeType.Integer, 1m, null), (Schema[0].Type, Schema[0].Min, Schema[0].MaxLength));
    }

    [Fact]
    public async Task Of_a_library_attribute_the_description_alone_is_a_field()
    {
        World.Done(await Service.AddFromLibraryAsync(Actor.Host, World.Development.Id, ["company"], 0));
        var page = Open<AttributesPage>(Role.Manager, "?attribute=company");
        page.On("#field-Description").Input("参会证上的公司名称");
        Assert.Equal(["field-Description"], page.FindAll(".side form input, .side form select").Select(i => i.Id));
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("参会证上的公司名称", Schema[0].Description));
    }

    [Fact]
    public async Task Somebody_elses_change_of_another_attribute_loses_nothing_and_of_this_one_is_shown_beside_mine()
    {
        World.Done(await Service.DefineAsync(Actor.Host, World.Development.Id, Badge, 0));
        var page = Open<AttributesPage>(Role.Manager, "?attribute=badge_no");
        page.On("#field-Name").Input("我的名称");
        World.Done(await Service.AddFromLibraryAsync(Actor.Host, World.Development.Id, ["gender"], 1));
        page.Until(() => Assert.Equal(4, page.FindAll("table tbody tr").Count));
        Assert.Empty(page.FindAll("[data-mine]"));
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("我的名称", Schema[0].Name));

        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));
        page.On("#field-Name").Input("又一个");
        World.Done(await Service.SaveAsync(Actor.Host, World.Development.Id, Badge with { Name = "他的名称" }, 3));
        World.Host.Time.Advance(TimeSpan.FromSeconds(2));
        page.Await("[data-mine]");
        Assert.Contains("他的名称", page.Find(".side .notice-warn").TextContent, StringComparison.Ordinal);
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Equal("又一个", Schema[0].Name));
    }

    [Fact]
    public async Task Deleting_says_how_many_users_have_a_value_and_asks_for_the_identifier()
    {
        World.Done(await Service.DefineAsync(Actor.Host, World.Development.Id, Badge, 0));
        await AttributeSchemaTests.SetAsync(World, World.Development, (await World.LoginAsync("ming")).UserId, "badge_no");
        var page = Open<AttributesPage>(Role.Manager, "?attribute=badge_no");
        page.On("[data-delete]").Click();
        page.Until(() => Assert.Contains("有 1 个用户", page.Find("#confirm-text").TextContent, StringComparison.Ordinal));
        page.Confirm("badge_no");
        page.Until(() => Assert.Empty(Schema));
        page.Until(() => Assert.Empty(page.FindAll(".side")));
    }

    [Fact]
    public async Task Rows_are_moved_by_buttons()
    {
        World.Done(await Service.AddFromLibraryAsync(Actor.Host, World.Development.Id, ["gender", "birthday", "company"], 0));
        var page = Open<AttributesPage>(Role.Manager);
        page.Await("[data-up]");
        Assert.Equal([true, false, false], page.FindAll("[data-up]").Select(b => b.HasAttribute("disabled")));
        Assert.Equal([false, false, true], page.FindAll("[data-down]").Select(b => b.HasAttribute("disabled")));
        page.FindAll("[data-up]")[2].Click();
        page.Until(() => Assert.Equal(["gender", "company", "birthday"], Schema.Select(a => a.Id)));
        page.Until(() => Assert.Contains("公司 现在是第 2 项", page.Find("[role=status].visually-hidden").TextContent, StringComparison.Ordinal));
        // Where only some are shown, up and down say nothing.
        page = Open<AttributesPage>(Role.Manager, "?q=gender");
        page.Until(() => Assert.Single(page.FindAll("table tbody tr")));
        Assert.Empty(page.FindAll("[data-up]"));
    }

    [Fact]
    public async Task The_preview_is_the_form_and_tells_what_is_wrong_with_what_is_typed()
    {
        World.Done(await Service.DefineAsync(Actor.Host, World.Development.Id, Badge with { Required = true, MaxLength = 3 }, 0));
        var page = Open<AttributesPage>(Role.ReadOnly, "?preview=1");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("必填", page.Find("#field-badge_no-error").TextContent, StringComparison.Ordinal));
        page.On("#field-badge_no").Input("1234");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("最多 3 个字符", page.Find("#field-badge_no-error").TextContent, StringComparison.Ordinal));
        page.On("#field-badge_no").Input("123");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("符合要求", page.Find(".side form [role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_only_role_reads()
    {
        World.Done(await Service.DefineAsync(Actor.Host, World.Development.Id, Badge, 0));
        var page = Open<AttributesPage>(Role.ReadOnly, "?attribute=badge_no");
        page.Await(".side dl");
        Assert.Empty(page.FindAll("[data-up], [data-delete], .side form, a[href*='new=library']"));
    }

    [Fact]
    public async Task Production_is_read_and_leads_to_development()
    {
        await World.Get<Store>().WriteAsync(World.Production.Scope, db =>
        {
            db.Add(new AttributeSchema { EnvironmentId = World.Production.Id, ProjectId = World.Production.ProjectId, Attributes = [Badge], Number = 3, Version = 1 });
            db.Audit(Actor.Host, "project.promoted", "project", "x");
            return Task.FromResult(Outcome.Done);
        });
        var page = Open<AttributesPage>(Role.Owner, "?attribute=badge_no", EnvironmentKind.Production);
        page.Until(() => Assert.Contains("第 3 版", page.Find("[data-published]").TextContent, StringComparison.Ordinal));
        page.Await(".side dl");
        Assert.Empty(page.FindAll("[data-up], [data-delete], .side form, a[href*='new=library']"));
        Assert.EndsWith("/development/attributes", page.Find(".notice-warn a").GetAttribute("href"), StringComparison.Ordinal);
    }
}
