using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Features.Meetings;

public sealed class MeetingPagesTests : ProjectPages
{
    private static readonly DateTimeOffset Noon = new(2036, 12, 1, 4, 0, 0, TimeSpan.Zero);

    private string _key = "";

    private MeetingService Service => World.Get<MeetingService>();

    private NavigationManager Navigate => Browser.Services.GetRequiredService<NavigationManager>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(Service);
        Browser.Services.AddSingleton(World.Get<InvitationCodes>());
        Browser.Services.AddSingleton(World.Get<Signals>());
        Browser.Services.AddSingleton(World.Get<HostNames>());
    }

    [Fact]
    public void A_newcomer_makes_the_first_meeting_from_the_empty_list()
    {
        var page = Open<MeetingsPage>(Role.Operator);
        page.Until(() => Assert.Contains("先创建会议", page.Markup, StringComparison.Ordinal));
        Navigate.NavigateTo(page.Find("a[href*='new=1']").GetAttribute("href")!);
        page.On("#field-Name").Input("年会");
        page.On("#field-StartsAt").Input("2036-12-01T09:00");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-EndsAt").GetAttribute("aria-invalid")));
        page.On("#field-EndsAt").Input("2036-12-01T08:00");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("必须晚于「开始时间」", page.Find(".side").TextContent, StringComparison.Ordinal));
        page.On("#field-EndsAt").Input("2036-12-01T18:00");
        page.On("#field-Capacity").Input("many");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-Capacity").GetAttribute("aria-invalid")));
        page.On("#field-Capacity").Input("100");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("/meetings/", Navigate.Uri, StringComparison.Ordinal));
        var meeting = Assert.Single(World.Get<MeetingCatalog>().Of(World.Development.Id)).Meeting;
        Assert.Equal((new DateTimeOffset(2036, 12, 1, 1, 0, 0, TimeSpan.Zero), 100), (meeting.StartsAt, meeting.Capacity));
    }

    /// <summary>Seed 000's table of hosts: there the light pages answer under that name alone.</summary>
    [Fact]
    public async Task The_registration_link_has_the_name_of_the_light_pages()
    {
        await SetUpAsync();
        Browser.Services.AddSingleton(new HostNames(Options.Create(new HostsOptions { Conf = "https://conf.example.com" }), World.Get<ProjectCatalog>()));
        var page = Show<MeetingDetailsPage>(Role.ReadOnly);
        page.Until(() => Assert.NotEmpty(page.FindAll($"a[href='https://conf.example.com/m/register/{_key}']")));
    }

    [Fact]
    public async Task Who_saves_second_sees_both_and_loses_neither()
    {
        await SetUpAsync();
        var page = Show<MeetingDetailsPage>(Role.Operator);
        page.On("#field-Place").Input("二楼");
        World.Done(await Service.SaveAsync(Actor.Host, World.Development.Id, _key, Draft() with { Place = "三楼" }, 1));
        page.Until(() => Assert.Contains("三楼", page.Find("[data-theirs]").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal));
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Equal("二楼", World.Get<MeetingCatalog>().Find(_key)!.Meeting.Place));
        Assert.EndsWith($"/m/register/{_key}", page.Find(".copy [data-copy*='/m/register/']").GetAttribute("data-copy"), StringComparison.Ordinal);
        Assert.NotNull(page.Find(".qr svg"));

        page.On("[data-call-off]").Click();
        page.Confirm("年会");
        page.Until(() => Assert.Contains("会议已取消", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(World.Get<MeetingCatalog>().Find(_key)!.Meeting.CancelledAt);
    }

    [Fact]
    public async Task A_form_is_built_by_buttons_and_tried_beside_it()
    {
        await SetUpAsync();
        var page = Show<AttendeeTypesPage>(Role.Operator, "?type=new");
        page.On("#field-Name").Input("媒体");
        page.On("[data-add=FullName]").Click();
        page.On("[data-add='']").Click();
        page.On("#field-Label").Input("行业");
        page.On("#field-FieldName").Input("Industry");
        page.On("#field-Type").Change("Enum");
        page.On("#field-Options input.mono").Input("it");
        page.On(".side form").Submit();
        // The fault of an option without a label names the field.
        page.Until(() => Assert.Contains("第 2 个字段", page.Markup, StringComparison.Ordinal));
        page.On("#field-Options input:not(.mono)").Input("信息技术");
        page.On("[data-add='']").Click();
        page.On("#field-Label").Input("岗位");
        page.On("#field-FieldName").Input("Job");
        page.On("#field-ShowField").Change("Industry");
        page.On("[data-show=it]").Change(true);
        page.Until(() => Assert.Empty(page.FindAll("[data-preview] #field-Job")));
        page.On("[data-preview] #field-Industry").Change("it");
        page.Until(() => Assert.Single(page.FindAll("[data-preview] #field-Job")));
        page.On(".side form").Submit();

        page.Until(() => Assert.Equal(2, World.Get<MeetingCatalog>().Find(_key)!.Types.Count));
        var fields = World.Get<MeetingCatalog>().Find(_key)!.Types[1].Fields;
        Assert.Equal(["FullName", "Industry", "Job"], fields.Select(f => f.Name));
        Assert.Equal("it", Assert.Single(fields[2].ShowIf!.Values));
    }

    [Fact]
    public async Task Tickets_and_agendas_are_edited_in_their_cards()
    {
        await SetUpAsync();
        var entry = World.Get<MeetingCatalog>().Find(_key)!;
        var tickets = Show<TicketsPage>(Role.Operator, $"?ticket={entry.Tickets[0].Key}");
        tickets.On("#field-Price").Input("199.5");
        tickets.On(".side form").Submit();
        tickets.Until(() => Assert.Equal(19950, World.Get<MeetingCatalog>().Find(_key)!.Tickets[0].PriceFen));

        var agendas = Show<AgendasPage>(Role.Operator, "?agenda=new");
        agendas.On("#field-Name").Input("分论坛");
        agendas.On("#field-EndsAt").Input("2036-12-09T18:00");
        agendas.Until(() => Assert.Contains("不在会议时间", agendas.Find(".side").TextContent, StringComparison.Ordinal));
        agendas.On("#field-EndsAt").Input("2036-12-01T14:00");
        agendas.On(".side form").Submit();
        agendas.Until(() => Assert.Equal(2, agendas.FindAll(".slot.clash").Count));
    }

    [Fact]
    public async Task Many_codes_are_made_and_one_is_edited()
    {
        await SetUpAsync();
        var page = Show<CodesPage>(Role.Operator, "?make=many");
        page.On("#field-Count").Input("60");
        page.On("#field-Prefix").Input("PRESS-");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已生成 60 个", page.Markup, StringComparison.Ordinal));
        page.Until(() => Assert.Equal(50, page.FindAll("tbody tr").Count));
        var code = page.Find("tbody .mono").TextContent;
        Assert.StartsWith("PRESS-", code, StringComparison.Ordinal);

        var card = Show<CodesPage>(Role.Operator, $"?code={code}");
        card.On("#field-Note").Input("给李");
        card.On(".side form").Submit();
        card.Until(() => Assert.Contains("给李", card.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_only_reads_changes_nothing()
    {
        await SetUpAsync();
        var entry = World.Get<MeetingCatalog>().Find(_key)!;
        var list = Open<MeetingsPage>(Role.ReadOnly);
        list.Until(() => Assert.Contains("年会", list.Markup, StringComparison.Ordinal));
        Assert.Empty(list.FindAll(".page-header .btn-primary"));
        var details = Show<MeetingDetailsPage>(Role.ReadOnly);
        Assert.True(details.Await("fieldset.plain").HasAttribute("disabled"));
        Assert.Empty(details.FindAll("[data-delete], [data-call-off], [data-copy-meeting], .save"));
        var types = Show<AttendeeTypesPage>(Role.ReadOnly, $"?type={entry.Types[0].Key}");
        types.Await(".side");
        Assert.Empty(types.FindAll("[data-up], [data-delete], .save, .page-header .btn-primary"));
        var gone = Show<CodesPage>(Role.ReadOnly, key: "nothing");
        gone.Until(() => Assert.Contains("没有这个会议", gone.Markup, StringComparison.Ordinal));
    }

    private MeetingDraft Draft() => new() { Name = "年会", StartsAt = Noon, EndsAt = Noon.AddHours(8) };

    private async Task SetUpAsync()
    {
        _key = World.Value(await Service.CreateAsync(Actor.Host, World.Development.Id, Draft()));
        await MeetingServiceTests.FillAsync(Service, World.Development.Id, _key);
    }

    private IRenderedComponent<TPage> Show<TPage>(Role role, string query = "", string? key = null)
        where TPage : MeetingSetupPage
    {
        Open<Nothing>(role, query);
        return Browser.Render<TPage>(with => with.Add(p => p.Key, key ?? _key));
    }

    /// <summary>Puts the address and the cascading values in their place.</summary>
    private sealed class Nothing : ComponentBase;
}
