using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Support.MeetingWorld;

namespace FederationConsole.Tests.Features.Registrations;

/// <summary>What there is a limited number of is never taken twice, and comes back once.</summary>
public sealed class StockTests
{
    [Theory, BothDatabases]
    public async Task A_thousand_at_once_take_a_hundred_tickets_and_no_more(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync(quota: 100, capacity: 1000);

        var done = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => world.RegisterAsync(meeting, Asks(Mobile(i)) with { Agendas = [new(Morning, null)] })));

        Assert.Equal(100, done.Count(d => d.Ok));
        Assert.All(done.Where(d => !d.Ok), d => Assert.Equal((FaultKind.SoldOut, "嘉宾票"), (d.Fault!.Kind, d.Fault.Field)));
        var taken = await world.TakenAsync(meeting);
        Assert.Equal((100, 100, 100), (taken[Free], taken[Morning], taken[""]));
        Assert.Equal(100, done.Where(d => d.Ok).Select(d => d.Value!.Order.Number).Distinct().Count());
        Assert.Equal(100, done.Where(d => d.Ok).Select(d => d.Value!.Attendee.CheckinCode).Distinct().Count());
    }

    [Theory, BothDatabases]
    public async Task Room_of_the_meeting_and_of_an_agenda_ends_too_and_a_refusal_takes_nothing(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (full, other) = (await world.MeetingAsync(quota: 100, capacity: 5), await world.MeetingAsync("meeting-2", quota: 3, capacity: 100));

        // Two at a time do not fit into what one is left of.
        var done = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.RegisterAsync(full, Asks(Mobile(i), quantity: 2))));
        Assert.Equal(2, done.Count(d => d.Ok));
        Assert.All(done.Where(d => !d.Ok), d => Assert.Equal("开发者大会", d.Fault!.Field));
        var taken = await world.TakenAsync(full);
        Assert.Equal((4, 4), (taken[Free], taken[""]));

        var dinner = Enumerable.Range(0, 3).Select(i => Asks(Mobile(i), Dear) with { Agendas = [new(Dinner, Dear)] });
        Assert.All(await Task.WhenAll(dinner.Select(d => world.RegisterAsync(other, d))), d => Assert.True(d.Ok));
        await world.Get<Store>().WriteAsync(world.Development.Scope, db => db.Set<Ticket>().Where(t => t.Key == Dear).ExecuteUpdateAsync(set => set.SetProperty(t => t.Quota, (int?)null)));
        var late = await world.RegisterAsync(other, Asks(Mobile(9), Dear) with { Agendas = [new(Dinner, null)] });
        Assert.Equal((FaultKind.SoldOut, "晚宴"), (late.Fault!.Kind, late.Fault.Field));
        Assert.Equal(3, (await world.TakenAsync(other))[Dear]);
    }

    [Theory, BothDatabases]
    public async Task One_mobile_at_once_makes_one_order_and_so_does_one_mail(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync();

        var done = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.RegisterAsync(meeting, Asks(Mobile(1)))));
        Assert.Single(done, d => d.Value is Registered);
        Assert.Single(done.Select(d => d.Value!.Order.Number).Distinct());
        Assert.Equal(1, (await world.TakenAsync(meeting))[Free]);

        RegistrationAsked ByMail(string mail) => new(Guest, [new("fullname", "甲"), new("EMAIL", mail)], [new(Free, 1)]);
        Assert.IsType<Registered>((await world.RegisterAsync(meeting, ByMail("A@example.com"))).Value);
        Assert.IsType<Existing>((await world.RegisterAsync(meeting, ByMail(" a@EXAMPLE.com "))).Value);
    }

    [Theory, BothDatabases]
    public async Task Whoever_cancels_and_however_often_stock_comes_back_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync();
        var press = new RegistrationAsked(Press, [new("FullName", "记者"), new("Email", "press@example.com")], [new(Free, 1)]) { InvitationCode = Code, Agendas = [new(Morning, null), new(AllDay, null)] };
        var order = World.Value(await world.RegisterAsync(meeting, press)).Order;
        Assert.Equal((1, 1, 1, 1), await CountsAsync());

        var cancels = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => world.Get<OrderService>().CancelAsync(Actor.Host, world.Development, order.Number)));

        Assert.Single(cancels, c => c.Ok);
        Assert.All(cancels.Where(c => !c.Ok), c => Assert.Equal(FaultKind.NotAllowedNow, c.Fault!.Kind));
        Assert.Equal((0, 0, 0, 0), await CountsAsync());
        // And who cancelled can come back.
        Assert.IsType<Registered>(World.Value(await world.RegisterAsync(meeting, press)));

        async Task<(int, int, int, int)> CountsAsync()
        {
            var taken = await world.TakenAsync(meeting);
            return (taken[Free], taken[Morning], taken[Code], taken[""]);
        }
    }

    [Theory, BothDatabases]
    public async Task What_is_not_paid_in_a_quarter_of_an_hour_is_closed_and_its_stock_back(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync(quota: 2);
        var (waiting, paid) = (World.Value(await world.RegisterAsync(meeting, Asks(Mobile(1), Dear))).Order, World.Value(await world.RegisterAsync(meeting, Asks(Mobile(2), Dear))).Order);
        Assert.Equal((OrderStatus.PendingPayment, 9950, TimeSpan.FromMinutes(15)), (waiting.Status, waiting.AmountFen, waiting.ExpiresAt - waiting.CreatedAt));
        World.Value(await world.Get<OrderService>().PayAsync(Actor.Host, world.Development, paid.Number));
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<OrderService>().PayAsync(Actor.Host, world.Development, paid.Number)).Fault!.Kind);

        world.Host.Time.Advance(TimeSpan.FromMinutes(14));
        await world.Get<MeetingOrders>().CloseUnpaidAsync(default);
        Assert.Equal(2, (await world.TakenAsync(meeting))[Dear]);
        world.Host.Time.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(world.Get<MeetingOrders>().CloseUnpaidAsync(default), world.Get<MeetingOrders>().CloseUnpaidAsync(default));

        Assert.Equal(1, (await world.TakenAsync(meeting))[Dear]);
        Assert.Equal(OrderStatus.Closed, World.Value(await world.Get<OrderService>().FindAsync(world.Development, waiting.Number)).Order.Status);
        Assert.Equal(OrderStatus.Paid, World.Value(await world.Get<OrderService>().FindAsync(world.Development, paid.Number)).Order.Status);
        Assert.IsType<Registered>(World.Value(await world.RegisterAsync(meeting, Asks(Mobile(1), Dear))));
    }

    [Theory, BothDatabases]
    public async Task A_meeting_that_is_called_off_lets_nobody_in_and_cancels_everybody_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => world.RegisterAsync(meeting, Asks(Mobile(i)))));
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<MeetingOrders>().CancelMeetingAsync(Actor.Host, world.Development.Id, "meeting-1")).Fault!.Kind);

        World.Done(await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            (await db.Set<Meeting>().FirstAsync()).CancelledAt = db.Now;
            db.Audit(Actor.Host, "meeting.cancelled", "meeting", "meeting-1");
            db.Signal(MeetingCatalog.Topic);
            return Outcome.Done;
        }));
        // A node that has not heard of it yet still has the meeting as it was.
        Assert.Equal(FaultKind.RegistrationClosed, (await world.RegisterAsync(meeting, Asks(Mobile(99)))).Fault!.Kind);
        var told = new List<int>();
        Assert.Equal(60, World.Value(await world.Get<MeetingOrders>().CancelMeetingAsync(Actor.Host, world.Development.Id, "meeting-1", new Told(told.Add))));
        Assert.Equal(0, World.Value(await world.Get<MeetingOrders>().CancelMeetingAsync(Actor.Host, world.Development.Id, "meeting-1")));

        Assert.Equal([50, 60], told);
        Assert.Equal(0, (await world.TakenAsync(meeting))[""]);
        var notices = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<AttendeeNotice>().ToListAsync());
        Assert.Equal(60, notices.Count(n => n is { Kind: MeetingMessageKind.Cancellation, DueAt: not null }));
        Assert.All(notices.Where(n => n.Kind == MeetingMessageKind.Confirmation), n => Assert.Null(n.DueAt));
    }

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
