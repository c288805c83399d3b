using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Meetings;

public sealed class MeetingServiceTests
{
    private static readonly DateTimeOffset Noon = new(2036, 12, 1, 4, 0, 0, TimeSpan.Zero);

    private static readonly MeetingDraft Draft = new() { Name = "大会", Place = "上海", StartsAt = Noon, EndsAt = Noon.AddHours(8), Capacity = 10, ClosesAt = Noon.AddDays(-1) };

    [Theory, BothDatabases]
    public async Task A_meeting_is_made_edited_copied_and_ended(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, id) = (world.Get<MeetingService>(), world.Development.Id);
        var key = World.Value(await service.CreateAsync(Actor.Host, id, Draft));
        await FillAsync(service, id, key);
        Assert.Equal("大会", world.Get<MeetingCatalog>().Find(key)!.Meeting.Name);

        World.Done(await service.SaveAsync(Actor.Host, id, key, Draft with { Capacity = 20 }, 1));
        Assert.Equal(FaultKind.Changed, (await service.SaveAsync(Actor.Host, id, key, Draft with { Capacity = 30 }, 1)).Fault?.Kind);
        Assert.Equal("endsAt", (await service.SaveAsync(Actor.Host, id, key, Draft with { EndsAt = Noon }, 2)).Fault?.Field);

        var copy = world.Get<MeetingCatalog>().Find(World.Value(await service.CopyAsync(Actor.Host, id, key, "大会二", Noon.AddDays(7))))!;
        var old = world.Get<MeetingCatalog>().Find(key)!;
        Assert.Equal((Noon.AddDays(7), Noon.AddDays(6), 20), (copy.Meeting.StartsAt, copy.Meeting.ClosesAt, copy.Meeting.Capacity));
        Assert.Equal(copy.Types[0].Key, Assert.Single(copy.Tickets[0].AttendeeTypes));
        Assert.Equal((copy.Tickets[0].Key, Noon.AddDays(7)), (copy.Agendas[0].ParentSku, copy.Agendas[0].StartsAt));
        Assert.Empty(new[] { old.Types[0].Key, old.Tickets[0].Key, old.Agendas[0].Key }.Intersect([copy.Types[0].Key, copy.Tickets[0].Key, copy.Agendas[0].Key]));
        Assert.Equal(JsonColumn.Text(old.Types[0].Fields), JsonColumn.Text(copy.Types[0].Fields));

        Assert.Equal(["大会二"], (await service.ListAsync(Actor.Host, id, new("二"))).Value!.Rows.Select(m => m.Name));
        Assert.Equal(["大会", "大会二"], (await service.ListAsync(Actor.Host, id, new(Past: false))).Value!.Rows.Select(m => m.Name));
        Assert.Empty((await service.ListAsync(Actor.Host, id, new(Past: true))).Value!.Rows);

        World.Done(await service.CallOffAsync(Actor.Host, id, key, 2));
        Assert.NotNull(world.Get<MeetingCatalog>().Find(key)!.Meeting.CancelledAt);
        Assert.Equal(FaultKind.NotAllowedNow, (await service.CallOffAsync(Actor.Host, id, key, 3)).Fault?.Kind);
        World.Done(await service.DeleteAsync(Actor.Host, id, key));
        Assert.Null(world.Get<MeetingCatalog>().Find(key));
        Assert.Single((await service.ListAsync(Actor.Host, id, new())).Value!.Rows);
    }

    [Theory, BothDatabases]
    public async Task A_limit_is_not_lowered_below_what_is_taken_and_what_is_used_stays(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, codes, id) = (world.Get<MeetingService>(), world.Get<InvitationCodes>(), world.Development.Id);
        var key = World.Value(await service.CreateAsync(Actor.Host, id, Draft));
        await FillAsync(service, id, key);
        World.Done(await codes.AddAsync(Actor.Host, id, key, new() { Code = "VIP1", MaxUses = 5 }));
        var entry = world.Get<MeetingCatalog>().Find(key)!;
        await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
        {
            await db.Set<Meeting>().ExecuteUpdateAsync(set => set.SetProperty(m => m.Taken, 4));
            await db.Set<Ticket>().ExecuteUpdateAsync(set => set.SetProperty(t => t.Taken, 3));
            await db.Set<Agenda>().ExecuteUpdateAsync(set => set.SetProperty(a => a.Taken, 2));
            await db.Set<InvitationCode>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Uses, 2));
            var code = await db.Set<InvitationCode>().SingleAsync();
            var order = new Order { Id = db.NextId(), MeetingId = entry.Meeting.Id, Number = "1", Status = OrderStatus.Cancelled, InvitationCodeId = code.Id, PublicId = db.NextGuid(), CreatedAt = db.Now };
            db.Add(order);
            db.Add(new Attendee { Id = db.NextId(), MeetingId = entry.Meeting.Id, OrderId = order.Id, PublicId = db.NextGuid(), Type = entry.Types[0].Key, CheckinCode = "1", EndedAt = db.Now });
            return Outcome.Done;
        });
        var (type, ticket, agenda) = (MeetingParts.Draft(entry.Types[0]), MeetingParts.Draft(entry.Tickets[0]), MeetingParts.Draft(entry.Agendas[0]));

        Told("capacity", "4", (await service.SaveAsync(Actor.Host, id, key, Draft with { Capacity = 3 }, 1)).Fault);
        Told("quota", "3", (await service.SaveTicketAsync(Actor.Host, id, key, ticket with { Quota = 2 }, 1)).Fault);
        Told("capacity", "2", (await service.SaveAgendaAsync(Actor.Host, id, key, agenda with { Capacity = 1 }, 1)).Fault);
        Told("maxUses", "2", (await codes.SaveAsync(Actor.Host, id, key, new() { Code = "VIP1", MaxUses = 1 }, 1)).Fault);
        World.Done(await service.SaveTicketAsync(Actor.Host, id, key, ticket with { Quota = 3 }, 1));
        World.Done(await service.SaveAgendaAsync(Actor.Host, id, key, agenda with { Capacity = null }, 1));
        World.Done(await codes.SaveAsync(Actor.Host, id, key, new() { Code = "VIP1", MaxUses = 2, Note = "to Li" }, 1));
        Assert.Equal(FaultKind.Changed, (await service.SaveTypeAsync(Actor.Host, id, key, type with { Name = "x" }, 9)).Fault?.Kind);

        foreach (var refused in new[]
        {
            await service.DeleteAsync(Actor.Host, id, key), await service.DeleteTypeAsync(Actor.Host, id, key, type.Id!), await service.DeleteTicketAsync(Actor.Host, id, key, ticket.SkuId!),
            await service.DeleteAgendaAsync(Actor.Host, id, key, agenda.Id!), await codes.DeleteAsync(Actor.Host, id, key, "VIP1"),
        })
        {
            Assert.Equal(FaultKind.NotAllowedNow, refused.Fault?.Kind);
        }
    }

    [Theory, BothDatabases]
    public async Task What_is_not_used_goes_and_what_is_named_elsewhere_says_where(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, codes, id) = (world.Get<MeetingService>(), world.Get<InvitationCodes>(), world.Development.Id);
        var key = World.Value(await service.CreateAsync(Actor.Host, id, Draft));
        await FillAsync(service, id, key);
        var entry = world.Get<MeetingCatalog>().Find(key)!;
        var (type, ticket, agenda) = (entry.Types[0].Key, entry.Tickets[0].Key, entry.Agendas[0].Key);
        World.Done(await codes.AddAsync(Actor.Host, id, key, new() { Code = "VIP1", AttendeeTypeIds = [type] }));
        World.Done(await service.SaveTypeAsync(Actor.Host, id, key, new() { Name = "观众" }, 0));

        Assert.Contains("嘉宾票", (await service.DeleteTypeAsync(Actor.Host, id, key, type)).Fault?.Detail, StringComparison.Ordinal);
        Assert.Contains("主论坛", (await service.DeleteTicketAsync(Actor.Host, id, key, ticket)).Fault?.Detail, StringComparison.Ordinal);
        World.Done(await service.DeleteAgendaAsync(Actor.Host, id, key, agenda));
        World.Done(await service.DeleteTicketAsync(Actor.Host, id, key, ticket));
        Assert.Equal(FaultKind.NotAllowedNow, (await service.DeleteTypeAsync(Actor.Host, id, key, type)).Fault?.Kind);
        World.Done(await codes.DeleteAsync(Actor.Host, id, key, "VIP1"));
        World.Done(await service.MoveTypeAsync(Actor.Host, id, key, type, 1));
        Assert.Equal(["观众", "嘉宾"], world.Get<MeetingCatalog>().Find(key)!.Types.Select(t => t.Name));
        World.Done(await service.DeleteTypeAsync(Actor.Host, id, key, type));
        Assert.Equal("attendeeTypeIds", (await service.SaveTicketAsync(Actor.Host, id, key, new() { Name = "票", AttendeeTypeIds = [type] }, 0)).Fault?.Field);
        Assert.Equal("parentSkuId", (await service.SaveAgendaAsync(Actor.Host, id, key, new() { Name = "论坛", StartsAt = Noon, EndsAt = Noon.AddHours(1), ParentSkuId = ticket }, 0)).Fault?.Field);
    }

    [Theory, BothDatabases]
    public async Task Codes_are_made_many_at_once_found_and_exported(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (codes, id) = (world.Get<InvitationCodes>(), world.Development.Id);
        var key = World.Value(await world.Get<MeetingService>().CreateAsync(Actor.Host, id, Draft));
        var seen = new List<int>();
        Assert.Equal(1200, World.Value(await codes.MakeAsync(Actor.Host, id, key, new(1200, "VIP-", new() { Code = "", MaxUses = 1, Note = "媒体" }), new Counted(seen))));
        Assert.Equal([500, 1000, 1200], seen);
        var all = new List<InvitationCode>();
        await foreach (var code in World.Value(await codes.ExportAsync(Actor.Host, id, key, new())))
        {
            all.Add(code);
        }

        Assert.Equal(1200, all.Select(c => c.Code).Distinct().Count());
        Assert.All(all, c => Assert.True(c.Code.StartsWith("VIP-", StringComparison.Ordinal) && c.Code[4..].All(InvitationCodes.Alphabet.Contains) && c is { MaxUses: 1, Note: "媒体", Version: 1 }));
        Assert.Equal((50, 1200), ((await codes.ListAsync(Actor.Host, id, key, new("VIP-", Page: 2))).Value!.Rows.Count, (await codes.ListAsync(Actor.Host, id, key, new("媒体"))).Value!.Total));
        Assert.Equal(0, (await codes.ListAsync(Actor.Host, id, key, new(Used: true))).Value!.Total);
        // Who only reads sees how many there are, and none to come in by.
        var reader = Admins.With(Role.ReadOnly, world.Development.ProjectId);
        Assert.All((await codes.ListAsync(reader, id, key, new("媒体"))).Value!.Rows, c => Assert.Equal("V***", c.Code));
        Assert.Equal(0, (await codes.ListAsync(reader, id, key, new("VIP-"))).Value!.Total);

        using var stop = new CancellationTokenSource();
        Assert.Equal(500, World.Value(await codes.MakeAsync(Actor.Host, id, key, new(1000, "", new() { Code = "" }), new Counted(seen, stop), stop.Token)));
        Assert.Equal("count", (await codes.MakeAsync(Actor.Host, id, key, new(10_001, "", new() { Code = "" }))).Fault?.Field);
        Assert.Equal("prefix", (await codes.MakeAsync(Actor.Host, id, key, new(1, "中文", new() { Code = "" }))).Fault?.Field);
        Assert.Equal(FaultKind.Taken, (await codes.AddAsync(Actor.Host, id, key, new() { Code = all[0].Code })).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task Each_asks_for_its_role_and_finds_nothing_of_the_neighbour(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, codes) = (world.Get<MeetingService>(), world.Get<InvitationCodes>());
        var key = World.Value(await service.CreateAsync(Actor.Host, world.Development.Id, Draft));
        await FillAsync(service, world.Development.Id, key);
        var reader = Admins.With(Role.ReadOnly, world.Development.ProjectId);
        var stranger = Admins.With(Role.Owner, ProjectId.Of(1));
        Assert.True((await service.ReadAsync(reader, world.Development.Id, key)).Ok);
        Assert.True((await codes.ListAsync(reader, world.Development.Id, key, new())).Ok);

        var type = world.Get<MeetingCatalog>().Find(key)!.Types[0].Key;
        Assert.All(await ChangesAsync(reader, world.Development.Id), fault => Assert.Equal(FaultKind.Forbidden, fault?.Kind));
        Assert.All(await ChangesAsync(stranger, world.Development.Id), fault => Assert.Equal(FaultKind.Forbidden, fault?.Kind));
        Assert.Equal(FaultKind.Forbidden, (await service.ReadAsync(stranger, world.Development.Id, key)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.ListAsync(stranger, world.Development.Id, new())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await codes.ListAsync(stranger, world.Development.Id, key, new())).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await service.CreateAsync(reader, world.Development.Id, Draft)).Fault?.Kind);

        // The same meeting asked for in the other environment of the same project.
        Assert.All(await ChangesAsync(Actor.Host, world.Production.Id), fault => Assert.Equal(FaultKind.NotFound, fault?.Kind));
        Assert.Equal(FaultKind.NotFound, (await service.ReadAsync(Actor.Host, world.Production.Id, key)).Fault?.Kind);
        Assert.Equal(FaultKind.NotFound, (await codes.ListAsync(Actor.Host, world.Production.Id, key, new())).Fault?.Kind);
        Assert.Empty((await service.ListAsync(Actor.Host, world.Production.Id, new())).Value!.Rows);

        async Task<Fault?[]> ChangesAsync(Actor actor, EnvironmentId id) =>
        [
            (await service.SaveAsync(actor, id, key, Draft, 1)).Fault, (await service.CopyAsync(actor, id, key, "x", Noon)).Fault, (await service.CallOffAsync(actor, id, key, 1)).Fault,
            (await service.DeleteAsync(actor, id, key)).Fault, (await service.SaveTypeAsync(actor, id, key, new() { Name = "x" }, 0)).Fault, (await service.DeleteTypeAsync(actor, id, key, type)).Fault,
            (await service.MoveTypeAsync(actor, id, key, type, 1)).Fault, (await service.SaveTicketAsync(actor, id, key, new() { Name = "x" }, 0)).Fault,
            (await service.DeleteTicketAsync(actor, id, key, "x")).Fault, (await service.MoveTicketAsync(actor, id, key, "x", 1)).Fault,
            (await service.SaveAgendaAsync(actor, id, key, new() { Name = "x", StartsAt = Noon, EndsAt = Noon.AddHours(1) }, 0)).Fault, (await service.DeleteAgendaAsync(actor, id, key, "x")).Fault,
            (await codes.AddAsync(actor, id, key, new() { Code = "VIP1" })).Fault, (await codes.MakeAsync(actor, id, key, new(1, "", new() { Code = "" }))).Fault,
            (await codes.SaveAsync(actor, id, key, new() { Code = "VIP1" }, 1)).Fault, (await codes.DeleteAsync(actor, id, key, "VIP1")).Fault, (await codes.ExportAsync(actor, id, key, new())).Fault,
        ];
    }

    /// <summary>A type, a ticket for it, and an agenda that takes the ticket.</summary>
    internal static async Task FillAsync(MeetingService service, EnvironmentId id, string key)
    {
        World.Done(await service.SaveTypeAsync(Actor.Host, id, key, new() { Name = "嘉宾", Fields = [new() { Name = "FullName", Label = "姓名", Type = AttributeType.String, Required = true }] }, 0));
        var type = (await service.ReadAsync(Actor.Host, id, key)).Value!.Types[0].Key;
        World.Done(await service.SaveTicketAsync(Actor.Host, id, key, new() { Name = "嘉宾票", Quota = 5, Price = 9.9m, AttendeeTypeIds = [type] }, 0));
        var ticket = (await service.ReadAsync(Actor.Host, id, key)).Value!.Tickets[0];
        Assert.Equal(990, ticket.PriceFen);
        World.Done(await service.SaveAgendaAsync(Actor.Host, id, key, new() { Name = "主论坛", StartsAt = Noon, EndsAt = Noon.AddHours(1), Capacity = 5, ParentSkuId = ticket.Key }, 0));
    }

    private static void Told(string field, string number, Fault? fault)
    {
        Assert.Equal((FaultKind.Invalid, field), (fault?.Kind, fault?.Field));
        Assert.Contains(number, fault!.Detail, StringComparison.Ordinal);
    }

    /// <summary>Told at once, which <see cref="Progress{T}"/> is not.</summary>
    private sealed class Counted(List<int> seen, CancellationTokenSource? stop = null) : IProgress<int>
    {
        public void Report(int value)
        {
            seen.Add(value);
            stop?.Cancel();
        }
    }
}
