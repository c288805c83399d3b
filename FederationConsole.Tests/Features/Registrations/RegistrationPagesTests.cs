using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Registrations;

/// <summary>The console's pages 订单, 参会人, 签到台 and 消息 of a meeting.</summary>
public sealed class RegistrationPagesTests : ProjectPages
{
    private MeetingEntry _meeting = null!;

    private NavigationManager Navigate => Browser.Services.GetRequiredService<NavigationManager>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _meeting = await World.MeetingAsync();
        Browser.Services.AddSingleton(World.Get<RegistrationAdmin>());
        Browser.Services.AddSingleton(World.Get<NoticeService>());
        Browser.Services.AddSingleton(World.Get<MeetingMessageService>());
        Browser.Services.AddSingleton(World.Get<MeetingCatalog>());
        Browser.Services.AddSingleton(World.Get<Signals>());
        Browser.Services.AddSingleton(World.Get<Ids>());
        Browser.Services.AddSingleton(World.Get<HostNames>());
    }

    [Fact]
    public async Task An_order_is_paid_and_cancelled_in_its_card_and_the_list_follows()
    {
        var order = (await MadeAsync(MeetingWorld.Asks(MeetingWorld.Mobile(1), MeetingWorld.Dear))).Order;
        var page = Show<OrdersPage>(Role.Operator, $"?order={order.Number}");
        page.Until(() => Assert.Contains("待支付", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Contains("¥99.50", page.Find("tbody").TextContent, StringComparison.Ordinal);
        page.On("[data-pay]").Click();
        page.Until(() => Assert.Contains("已支付", page.Find("tbody").TextContent, StringComparison.Ordinal));
        page.Until(() => Assert.Contains("报名成功", page.Find("[data-notice]").TextContent, StringComparison.Ordinal));

        World.Host.Time.Advance(TimeSpan.FromSeconds(2));
        page.On("[data-cancel-order]").Click();
        page.Confirm("测试姓名");
        page.Until(() => Assert.Contains("已取消", page.Find("tbody").TextContent, StringComparison.Ordinal));
        page.Until(() => Assert.Empty(page.FindAll("[data-pay], [data-cancel-order], [data-check-in]")));
        Assert.Equal(0, (await World.TakenAsync(_meeting))[MeetingWorld.Dear]);

        World.Host.Time.Advance(TimeSpan.FromSeconds(2));
        await MadeAsync(MeetingWorld.Asks(MeetingWorld.Mobile(2)));
        page.Until(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public async Task Who_only_reads_sees_masked_values_and_does_nothing()
    {
        var order = (await MadeAsync(MeetingWorld.Asks(MeetingWorld.Mobile(1)))).Order;
        var page = Show<AttendeesPage>(Role.ReadOnly, $"?order={order.Number}");
        page.Await(".side .pairs");
        Assert.DoesNotContain("测试姓名", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("13800000001", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-check-in], [data-cancel-order], a[download], a[href*='/m/ticket/'], a[href*='new=1']"));
        var desk = Show<CheckInPage>(Role.ReadOnly);
        desk.Await("[data-count]");
        Assert.Empty(desk.FindAll("[data-desk-scanned]"));
    }

    [Fact]
    public async Task Attendees_are_filtered_by_a_form_field_and_fields_are_columns()
    {
        await MadeAsync(Guest(1, new("Company", "甲公司"), new("Industry", "it")));
        await MadeAsync(Guest(2, new("Company", "乙公司"), new("Industry", "other"), new("OtherIndustry", "教育"), new("Topics", "ai;db")));
        var page = Show<AttendeesPage>(Role.Operator, "?cols=name,f.Company,f.Topics&field=Industry&value=other");
        page.Until(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Equal(["姓名", "公司", "话题"], page.FindAll("thead th").Select(th => th.TextContent));
        Assert.Contains("乙公司人工智能 · 数据库", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal(["（未填）", "信息技术", "其他"], page.FindAll("[data-value] option").Select(o => o.TextContent));

        page.On("[data-value]").Change("it");
        Assert.Contains("value=it", Navigate.Uri, StringComparison.Ordinal);
        var typed = Show<AttendeesPage>(Role.Operator, "?field=Company");
        typed.On("[data-value]").Change(" 甲公司 ");
        Assert.Equal("甲公司", Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(Navigate.Uri).Query)["value"]);
    }

    [Fact]
    public async Task A_long_list_has_pages_by_key()
    {
        for (var number = 0; number <= RegistrantsPage.PageSize; number++)
        {
            await MadeAsync(MeetingWorld.Asks(MeetingWorld.Mobile(number)));
        }

        var page = Show<AttendeesPage>(Role.Operator);
        page.Until(() => Assert.Equal(RegistrantsPage.PageSize, page.FindAll("tbody tr").Count));
        Assert.Contains("共 51 条", page.Find(".keys").TextContent, StringComparison.Ordinal);
        var next = Show<AttendeesPage>(Role.Operator, new Uri(page.Find("[data-next]").GetAttribute("href")!, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } uri ? uri.Query : "");
        next.Until(() => Assert.Contains("13800000000", Assert.Single(next.FindAll("tbody tr")).TextContent, StringComparison.Ordinal));
        Assert.Empty(next.FindAll("[data-next]"));
    }

    [Fact]
    public async Task Somebody_is_registered_by_hand_once()
    {
        var page = Show<AttendeesPage>(Role.Operator, "?new=1");
        page.On("#field-FullName").Input("王小明");
        page.On("#field-Mobile").Input(MeetingWorld.Mobile(7));
        page.Until(() => Assert.Empty(page.FindAll("#field-OtherIndustry")));
        page.On("#field-Industry").Change("other");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-OtherIndustry").GetAttribute("aria-invalid")));
        page.On("#field-OtherIndustry").Input("教育");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("请选择至少一张门票", page.Find(".side").TextContent, StringComparison.Ordinal));
        page.On($"[data-ticket={MeetingWorld.Free}]").Input("1");
        page.On($"[data-agenda={MeetingWorld.Morning}]").Change(true);
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("order=", Navigate.Uri, StringComparison.Ordinal));
        var made = await World.Get<Store>().ReadAsync(_meeting.Environment.Scope, db => db.Set<Attendee>().SingleAsync());
        Assert.Equal(("王小明", "+8613800000007", "教育", MeetingWorld.Morning), (made.Name, made.Mobile, made.Fields["OtherIndustry"], Assert.Single(made.Agendas)));

        var again = Show<AttendeesPage>(Role.Operator, "?new=1");
        again.On("#field-FullName").Input("另一个人");
        again.On("#field-Mobile").Input(MeetingWorld.Mobile(7));
        again.On($"[data-ticket={MeetingWorld.Free}]").Input("1");
        again.On(".side form").Submit();
        again.Until(() => Assert.NotNull(again.Find("[data-earlier]")));
        Assert.Equal(1, (await World.TakenAsync(_meeting))[MeetingWorld.Free]);
    }

    [Fact]
    public async Task Two_desks_count_together_and_say_why_somebody_is_not_let_in()
    {
        var one = await MadeAsync(Guest(1));
        var unpaid = await MadeAsync(MeetingWorld.Asks(MeetingWorld.Mobile(2), MeetingWorld.Dear));
        var cancelled = await MadeAsync(MeetingWorld.Asks(MeetingWorld.Mobile(3)));
        World.Value(await World.Get<RegistrationAdmin>().CancelAsync(Admin(Role.Operator), World.Development.Id, cancelled.Order.Number));
        var other = await World.RegisterAsync(await World.MeetingAsync("meeting-2"), MeetingWorld.Asks(MeetingWorld.Mobile(1)));

        var second = Show<CheckInPage>(Role.Operator);
        second.Until(() => Assert.Equal("0 / 1", second.Find("[data-count]").TextContent));
        var first = Show<CheckInPage>(Role.Operator);
        Scan(first, $"https://conf.example.com/m/ticket/{one.Attendee.CheckinCode}", "good", "签到成功", "测试姓名", "嘉宾", "嘉宾票 × 1");
        first.Until(() => Assert.Equal("1 / 1", first.Find("[data-count]").TextContent));
        second.Until(() => Assert.Equal("1 / 1", second.Find("[data-count]").TextContent));
        second.Until(() => Assert.Contains("测试姓名", second.Find("[data-arrived]").TextContent, StringComparison.Ordinal));
        Scan(second, one.Attendee.CheckinCode, "warn", "已于", "测试姓名");
        Scan(second, unpaid.Attendee.CheckinCode, "bad", "未支付", "¥99.50");
        Scan(second, cancelled.Attendee.CheckinCode, "bad", "已取消");
        Scan(second, World.Value(other).Attendee.CheckinCode, "bad", "不是本会议");
        Scan(second, "1234567890123456789", "bad", "没有这个签到码");
        Scan(second, "https://example.com/", "bad", "不是签到码");
        Assert.Equal("1 / 1", second.Find("[data-count]").TextContent);
    }

    [Fact]
    public async Task A_message_is_worded_with_a_live_preview_and_who_saves_second_sees_both()
    {
        var page = Show<MeetingMessagesPage>(Role.Operator, "?kind=reminder");
        page.On("[data-mail]").Change(true);
        page.On("#field-mailText").Input("{name}，{place} 见 {nobody}");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-mailText").GetAttribute("aria-invalid")));
        page.On("#field-mailText").Input("{name}，{place} 见");
        page.Until(() => Assert.Equal("王小明，上海 见", page.Find("[data-preview=Mail] .text").TextContent));
        Assert.StartsWith("data:image/png;base64,", page.Find("[data-preview=Mail] img").GetAttribute("src"), StringComparison.Ordinal);
        page.On("#field-hoursBefore").Input("0");
        page.On(".side form").Submit();
        page.Until(() => Assert.Equal("true", page.Find("#field-hoursBefore").GetAttribute("aria-invalid")));
        page.On("#field-hoursBefore").Input("48");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("会议开始前 48 小时", page.Find("[data-kind=Reminder]").TextContent, StringComparison.Ordinal));

        page.On("#field-subject").Input("我的标题");
        World.Host.Time.Advance(TimeSpan.FromSeconds(2));
        var saved = MeetingMessageRules.Of(World.Get<MeetingCatalog>().Find(_meeting.Meeting.Key)!.Meeting, MeetingMessageKind.Reminder);
        World.Done(await World.Get<MeetingMessageService>().SaveAsync(Actor.Host, World.Development.Id, _meeting.Meeting.Key, saved, saved with { Subject = "别人的标题" }));
        page.Until(() => Assert.Contains("别人的标题", page.Find("[data-mine]").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal));
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Equal("我的标题", MeetingMessageRules.Of(World.Get<MeetingCatalog>().Find(_meeting.Meeting.Key)!.Meeting, MeetingMessageKind.Reminder).Subject));

        page.On("#field-target").Input("li@example.com");
        page.On(".side section form").Submit();
        page.Until(() => Assert.Contains("服务商已接收", page.Find(".side").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_say_that_nobody_would_send_them_and_what_failed_is_sent_again()
    {
        var production = await World.MeetingAsync("in-production", World.Production);
        World.Value(await World.RegisterAsync(production, MeetingWorld.Asks(MeetingWorld.Mobile(1))));
        await World.Get<NoticeQueue>().SendDueAsync(default);
        var page = Show<MeetingMessagesPage>(Role.Operator, key: production.Meeting.Key, environment: EnvironmentKind.Production);
        page.Until(() => Assert.Equal(2, page.FindAll(".notice-warn").Count));
        page.Until(() => Assert.Single(page.FindAll("[data-problem]")));
        page.On("[data-retry]").Click();
        page.Until(() => Assert.Contains("1 条消息将重新发送", page.Markup, StringComparison.Ordinal));
        page.Until(() => Assert.Empty(page.FindAll("[data-retry]")));
    }

    private async Task<Registration> MadeAsync(RegistrationAsked asked) => World.Value(await World.RegisterAsync(_meeting, asked));

    private static RegistrationAsked Guest(int number, params ReadOnlySpan<AskedField> fields) =>
        new(MeetingWorld.Guest, [new("FullName", "测试姓名"), new("Mobile", MeetingWorld.Mobile(number)), .. fields], [new(MeetingWorld.Free, 1)]);

    private static void Scan(IRenderedComponent<CheckInPage> desk, string code, string tone, params string[] says)
    {
        desk.On("[data-desk-scanned]").Change(code);
        desk.Until(() =>
        {
            var answer = desk.Find("[data-desk-answer]");
            Assert.Equal(tone, answer.GetAttribute("data-desk-answer"));
            Assert.All(says, text => Assert.Contains(text, answer.TextContent, StringComparison.Ordinal));
        });
    }

    private IRenderedComponent<TPage> Show<TPage>(Role role, string query = "", string? key = null, EnvironmentKind environment = EnvironmentKind.Development)
        where TPage : MeetingDeskPage
    {
        Open<Nothing>(role, query, environment);
        var context = Stand(role, environment);
        return Browser.Render<TPage>(with => with.Add(p => p.Key, key ?? _meeting.Meeting.Key).AddCascadingValue(context));
    }

    /// <summary>Puts the address in its place.</summary>
    private sealed class Nothing : ComponentBase;
}
