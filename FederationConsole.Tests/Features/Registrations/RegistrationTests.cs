using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Support.MeetingWorld;

namespace FederationConsole.Tests.Features.Registrations;

public sealed class RegistrationTests
{
    [Theory, BothDatabases]
    public async Task A_key_is_answered_the_same_for_a_day_and_for_another_call_not_at_all(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync(adjust: m => m.ClosesAt = m.CreatedAt.AddHours(1));
        var asked = Asks(Mobile(1));

        var both = await Task.WhenAll(world.RegisterAsync(meeting, asked, "key-1"), world.RegisterAsync(meeting, asked, "key-1"));
        Assert.All(both, d => Assert.IsType<Registered>(World.Value(d)));
        Assert.Equal(both[0].Value!.Order.Number, both[1].Value!.Order.Number);
        Assert.Equal(both[0].Value!.Attendee.CheckinCode, both[1].Value!.Attendee.CheckinCode);
        Assert.Equal((FaultKind.Invalid, "Idempotency-Key"), Of(await world.RegisterAsync(meeting, Asks(Mobile(2)), "key-1")));
        Assert.Equal(1, (await world.TakenAsync(meeting))[Free]);

        // Registration is closed meanwhile: a call that was answered yes is answered so again, a new one is not.
        world.Host.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(both[0].Value!.Order.Number, World.Value(await world.RegisterAsync(meeting, asked, "key-1")).Order.Number);
        world.Host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(FaultKind.RegistrationClosed, (await world.RegisterAsync(meeting, asked, "key-1")).Fault!.Kind);
    }

    [Fact]
    public async Task The_form_is_read_by_its_types_and_conditions()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var meeting = await world.MeetingAsync();

        var made = World.Value(await world.RegisterAsync(meeting, Asks("+1 (415) 555-2671") with
        {
            Fields =
            [
                new("FULLNAME", " 王芳 "), new("mobile", "+1 (415) 555-2671"), new("age", "042"), new("Topics", "db,ai;a,b"), new("industry", "it"),
                new("OtherIndustry", "nobody asked"), new("Unknown", "x"),
            ],
        })).Attendee;
        Assert.Equal(("王芳", "+14155552671"), (made.Name, made.Mobile));
        Assert.Equal(
            """Age=42, FullName=王芳, Industry=it, Mobile=+14155552671, Topics=["ai","db","a,b"]""", string.Join(", ", made.Fields.Select(f => $"{f.Key}={f.Value}")));

        Assert.Equal((FaultKind.Missing, "姓名"), await FaultOf(new AskedField("Mobile", Mobile(2))));
        Assert.Equal((FaultKind.Invalid, "年龄"), await FaultOf(Name, new("Age", "17")));
        Assert.Equal((FaultKind.Invalid, "年龄"), await FaultOf(Name, new("Age", "ten")));
        Assert.Equal((FaultKind.OptionUnknown, "行业"), await FaultOf(Name, new("Industry", "信息技术")));
        Assert.Equal((FaultKind.OptionUnknown, "话题"), await FaultOf(Name, new("Topics", "ai;nonsense")));
        Assert.Equal((FaultKind.Missing, "具体行业"), await FaultOf(Name, new("Industry", "other")));
        Assert.Equal((FaultKind.Invalid, "手机"), await FaultOf(Name, new("Mobile", "12345")));
        Assert.Equal((FaultKind.Invalid, "邮箱"), await FaultOf(Name, new("Email", "nobody")));
        Assert.Equal((FaultKind.ContactMissing, null), await FaultOf(Name));

        async Task<(FaultKind, string?)> FaultOf(params AskedField[] fields) => Of(await world.RegisterAsync(meeting, Asks("") with { Fields = fields }));
    }

    private static AskedField Name => new("FullName", "甲");

    [Fact]
    public async Task Tickets_agendas_and_codes_are_asked_what_they_allow()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var meeting = await world.MeetingAsync();

        Assert.Equal((FaultKind.UnknownAttendeeType, null), await FaultOf(a => a with { AttendeeType = "nobody" }));
        Assert.Equal((FaultKind.Missing, "Items"), await FaultOf(a => a with { Items = [] }));
        Assert.Equal((FaultKind.TicketUnknown, "no"), await FaultOf(a => a with { Items = [new("no", 1)] }));
        Assert.Equal((FaultKind.TicketUnknown, Dear), await FaultOf(a => a with { AttendeeType = Press, Items = [new(Dear, 1)], InvitationCode = Code }));
        Assert.Equal((FaultKind.Invalid, "Quantity"), await FaultOf(a => a with { Items = [new(Free, 0)] }));
        Assert.Equal((FaultKind.Invalid, "Quantity"), await FaultOf(a => a with { Items = [new(Free, 2), new(Free, 2)] }));
        Assert.Equal((FaultKind.AgendaRefused, "no"), await FaultOf(a => a with { Agendas = [new("no", null)] }));
        Assert.Equal((FaultKind.AgendaRefused, "晚宴"), await FaultOf(a => a with { Agendas = [new(Dinner, null)] }));
        Assert.Equal((FaultKind.AgendaRefused, "晚宴"), await FaultOf(a => a with { Items = [new(Free, 1), new(Dear, 1)], Agendas = [new(Dinner, Free)] }));
        Assert.Equal((FaultKind.AgendaRefused, "主论坛"), await FaultOf(a => a with { Agendas = [new(Morning, Dear)] }));
        Assert.Equal((FaultKind.AgendaRefused, "分论坛"), await FaultOf(a => a with { Agendas = [new(Morning, null), new(AllDay, null), new(AlsoMorning, null)] }));
        Assert.Equal((FaultKind.InvitationRefused, null), await FaultOf(a => a with { AttendeeType = Press }));
        Assert.Equal((FaultKind.InvitationRefused, null), await FaultOf(a => a with { AttendeeType = Press, InvitationCode = "vip-1" }));
        Assert.Equal((FaultKind.InvitationRefused, null), await FaultOf(a => a with { InvitationCode = Code }));
        Assert.Equal((0, 0), ((await world.TakenAsync(meeting))[Code], (await world.TakenAsync(meeting))[""]));

        foreach (var i in Enumerable.Range(0, 2))
        {
            World.Value(await world.RegisterAsync(meeting, Asks(Mobile(i)) with { AttendeeType = Press, InvitationCode = Code, Agendas = [new(Morning, null), new(AllDay, Free)] }));
        }

        Assert.Equal(FaultKind.InvitationRefused, (await FaultOf(a => a with { AttendeeType = Press, InvitationCode = Code })).Item1);

        async Task<(FaultKind, string?)> FaultOf(Func<RegistrationAsked, RegistrationAsked> change) => Of(await world.RegisterAsync(meeting, change(Asks(Mobile(50)))));
    }

    [Fact]
    public async Task Only_while_it_is_open()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var now = world.Host.Time.GetUtcNow();

        Assert.Equal(FaultKind.RegistrationClosed, await AtAsync("early", m => m.OpensAt = now.AddHours(1)));
        Assert.Equal(FaultKind.RegistrationClosed, await AtAsync("late", m => m.ClosesAt = now));
        Assert.Equal(FaultKind.RegistrationClosed, await AtAsync("over", m => (m.StartsAt, m.EndsAt) = (now.AddDays(-2), now.AddDays(-1))));
        Assert.Equal(FaultKind.RegistrationClosed, await AtAsync("off", m => m.CancelledAt = now));
        Assert.Null(await AtAsync("open", m => (m.OpensAt, m.ClosesAt) = (now, now.AddHours(1))));

        async Task<FaultKind?> AtAsync(string key, Action<Meeting> adjust) => (await world.RegisterAsync(await world.MeetingAsync(key, adjust: adjust), Asks(Mobile(1)))).Fault?.Kind;
    }

    [Theory, BothDatabases]
    public async Task The_user_who_proved_the_mobile_is_linked_and_told_of(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync();
        var known = await world.RegisteredAsync(Mobile(1));
        await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, db =>
        {
            // Made by an app for a mobile that nobody proved.
            var claimed = new User { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), Phone = "+8613800000002", PhoneZone = "+86", CreatedAt = db.Now };
            db.Add(claimed);
            db.Add(new AccountDetail { UserId = claimed.Id, UnverifiedPhone = claimed.Phone });
            db.Audit(Actor.Host, "user.created", "user", claimed.Id.ToString());
            return Task.FromResult(Outcome.Done);
        });

        Assert.Equal(known, World.Value(await world.RegisterAsync(meeting, Asks(Mobile(1)))).Attendee.UserId);
        Assert.Null(World.Value(await world.RegisterAsync(meeting, Asks(Mobile(2)))).Attendee.UserId);

        var told = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<OutboxEvent>().Where(e => e.Type == "meeting.registered").OrderBy(e => e.Id).ToListAsync());
        Assert.Equal([known.Value, 0], told.Select(e => e.UserId.Value));
        Assert.DoesNotContain("13800000001", told[0].Payload, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Two_desks_let_one_code_in_once_and_count_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (meeting, neighbour) = (await world.MeetingAsync(), await world.MeetingAsync("meeting-2"));
        var (free, waiting) = (World.Value(await world.RegisterAsync(meeting, Asks(Mobile(1)))), World.Value(await world.RegisterAsync(meeting, Asks(Mobile(2), Dear))));
        var heard = 0;
        using var listening = world.Get<Signals>().Listen(s =>
        {
            heard += s.Topic == CheckInService.Topic && s.Id == meeting.Meeting.Id ? 1 : 0;
            return ValueTask.CompletedTask;
        });
        var desk = world.Get<CheckInService>();

        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => desk.EnterAsync(Actor.Host with { Name = $"desk {i}" }, world.Development, free.Attendee.CheckinCode, meeting)));
        Assert.Single(both, d => d.Value is LetIn);
        Assert.Single(both.Select(d => d.Value!.Detail.Attendee.CheckedInBy).Distinct());
        Assert.Equal(1, heard);
        Assert.Equal(new CheckInCount(1, 1), await desk.CountAsync(meeting));

        Assert.Equal(FaultKind.NotAllowedNow, (await desk.EnterAsync(Actor.Host, world.Development, waiting.Attendee.CheckinCode)).Fault!.Kind);
        Assert.Equal(FaultKind.NotAllowedNow, (await desk.EnterAsync(Actor.Host, world.Development, free.Attendee.CheckinCode, neighbour)).Fault!.Kind);
        Assert.Equal(FaultKind.NotFound, (await desk.EnterAsync(Actor.Host, world.Production, free.Attendee.CheckinCode)).Fault!.Kind);
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<OrderService>().CancelAsync(Actor.Host, world.Development, free.Order.Number)).Fault!.Kind);
    }

    [Theory, BothDatabases]
    public async Task Administrators_find_attendees_by_what_they_are_told(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync();
        var rows = new List<Registration>();
        foreach (var i in Enumerable.Range(0, 6))
        {
            rows.Add(World.Value(await world.RegisterAsync(meeting, Asks(Mobile(i), i == 5 ? Dear : Free) with
            {
                Fields = [new("FullName", $"来宾 {i}"), new("Mobile", Mobile(i)), new("Email", $"guest{i}@example.com"), new("Topics", i % 2 == 0 ? "ai;db" : "db")],
            })));
        }

        World.Value(await world.Get<CheckInService>().EnterAsync(Actor.Host, world.Development, rows[0].Attendee.CheckinCode));
        await world.Get<OrderService>().CancelAsync(Actor.Host, world.Development, rows[1].Order.Number);

        Assert.Equal([2], await FindAsync(new("来宾 2")));
        Assert.Equal([3], await FindAsync(new(Mobile(3))));
        Assert.Equal([4], await FindAsync(new("GUEST4@")));
        Assert.Equal([5], await FindAsync(new(rows[5].Order.Number)));
        Assert.Equal([3], await FindAsync(new(rows[3].Attendee.CheckinCode)));
        Assert.Equal([1], await FindAsync(new(Status: OrderStatus.Cancelled)));
        Assert.Equal([0], await FindAsync(new(CheckedIn: true)));
        Assert.Equal([4, 2, 0], await FindAsync(new(Field: "Topics", Value: "ai")));
        Assert.Equal([5, 4, 3, 2, 1, 0], await FindAsync(new(Type: Guest)));

        var reader = new Actor(ActorKind.Administrator, "1", "reader", null, null) { Grants = [new(null, Role.ReadOnly)] };
        var page = World.Value(await world.Get<RegistrationAdmin>().ListAsync(reader, world.Development.Id, "meeting-1", new(), null, 2));
        Assert.Equal((2, 6), (page.Rows.Count, page.Total));
        Assert.All(page.Rows, r => Assert.True(!r.Attendee.Mobile!.Contains("13800", StringComparison.Ordinal) && r.Attendee.CheckinCode.Length == 0));
        Assert.Equal(FaultKind.Forbidden, (await world.Get<RegistrationAdmin>().CheckInAsync(reader, world.Development.Id, "meeting-1", rows[2].Attendee.CheckinCode)).Fault!.Kind);
        Assert.Equal(FaultKind.UnknownMeeting, (await world.Get<RegistrationAdmin>().CountAsync(Actor.Host, world.Production.Id, "meeting-1")).Fault!.Kind);

        async Task<IEnumerable<int>> FindAsync(AttendeeQuery query)
        {
            var first = World.Value(await world.Get<RegistrationAdmin>().ListAsync(Actor.Host, world.Development.Id, "meeting-1", query, null, 2)).Rows;
            var rest = first.Count < 2 ? [] : World.Value(await world.Get<RegistrationAdmin>().ListAsync(Actor.Host, world.Development.Id, "meeting-1", query, first[^1].Attendee.Id, 100)).Rows;
            return first.Concat(rest).Select(r => rows.FindIndex(one => one.Attendee.Id == r.Attendee.Id));
        }
    }

    private static (FaultKind, string?) Of(Outcome<Registration> outcome) => (outcome.Fault!.Kind, outcome.Fault.Field);
}
