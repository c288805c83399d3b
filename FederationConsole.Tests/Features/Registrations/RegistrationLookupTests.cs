using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Search;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Registrations;

/// <summary>How attendees are found from the top bar, last arrivals, files, and what a desk takes for a code.</summary>
public sealed class RegistrationLookupTests
{
    [Theory, BothDatabases]
    public async Task Orders_and_attendees_are_found_by_what_a_person_has_at_hand(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var meeting = await world.MeetingAsync();
        var made = World.Value(await world.RegisterAsync(meeting, new(
            MeetingWorld.Guest, [new("FullName", "李雷"), new("Mobile", MeetingWorld.Mobile(1)), new("Email", "Li@Example.com")], [new(MeetingWorld.Free, 1)])));
        World.Value(await world.RegisterAsync(await world.MeetingAsync("theirs", world.Production), MeetingWorld.Asks(MeetingWorld.Mobile(1))));

        var context = ContextOf(world, Role.Operator);
        foreach (var (text, page) in new[] { (made.Order.Number, "orders"), (made.Attendee.CheckinCode, "attendees"), (MeetingWorld.Mobile(1), "attendees"), ("li@example.com", "attendees") })
        {
            var hit = Assert.Single(await FindAsync(world, context, text));
            Assert.Equal($"/p/acme/development/meetings/meeting-1/{page}?order={made.Order.Number}", hit.Href);
        }

        Assert.Empty(await FindAsync(world, context, "13800000009"));
        Assert.Empty(await FindAsync(world, context, "李雷"));
        Assert.DoesNotContain("李雷", Assert.Single(await FindAsync(world, ContextOf(world, Role.ReadOnly), MeetingWorld.Mobile(1))).Title, StringComparison.Ordinal);
        Assert.Empty(await FindAsync(world, context with { Actor = context.Actor with { Grants = [] } }, made.Order.Number));
    }

    [Theory, BothDatabases]
    public async Task The_last_to_arrive_stands_first(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (meeting, admin, actor) = (await world.MeetingAsync(), world.Get<RegistrationAdmin>(), Admins.With(Role.Operator, world.Development.ProjectId));
        var made = new List<Registration>();
        for (var number = 0; number < 3; number++)
        {
            made.Add(World.Value(await world.RegisterAsync(meeting, MeetingWorld.Asks(MeetingWorld.Mobile(number)))));
        }

        foreach (var index in new[] { 2, 0 })
        {
            world.Host.Time.Advance(TimeSpan.FromSeconds(1));
            World.Value(await admin.CheckInAsync(actor, world.Development.Id, meeting.Meeting.Key, made[index].Attendee.CheckinCode));
        }

        var arrived = World.Value(await admin.ArrivedAsync(actor, world.Development.Id, meeting.Meeting.Key, 20));
        Assert.Equal([made[0].Attendee.Id, made[2].Attendee.Id], arrived.Select(r => r.Attendee.Id));
    }

    [Fact]
    public async Task A_desk_on_another_node_is_told()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.PostgreSql);
        await using var world = await World.CreateAsync(new TestHostOptions { Database = DatabaseKind.PostgreSql, Settings = database.Settings });
        var meeting = await world.MeetingAsync();
        var made = World.Value(await world.RegisterAsync(meeting, MeetingWorld.Asks(MeetingWorld.Mobile(1))));
        await using var other = await TestHost.StartAsync(new TestHostOptions { Database = DatabaseKind.PostgreSql, Settings = database.Settings });
        var told = new TaskCompletionSource<Signal>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = other.Services.GetRequiredService<Signals>().Listen(signal =>
        {
            if (signal.Topic == CheckInService.Topic)
            {
                told.TrySetResult(signal);
            }

            return ValueTask.CompletedTask;
        });
        var actor = Admins.With(Role.Operator, world.Development.ProjectId);
        World.Value(await world.Get<RegistrationAdmin>().CheckInAsync(actor, world.Development.Id, meeting.Meeting.Key, made.Attendee.CheckinCode));

        Assert.Equal(meeting.Meeting.Id, (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Id);
        var count = World.Value(await other.Services.GetRequiredService<RegistrationAdmin>().CountAsync(actor, world.Development.Id, meeting.Meeting.Key));
        Assert.Equal(new CheckInCount(Paid: 1, CheckedIn: 1), count);
    }

    [Fact]
    public async Task A_file_holds_all_fields_and_nothing_that_a_spreadsheet_would_run()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (meeting, export, actor) = (await world.MeetingAsync(), world.Get<RegistrationExport>(), Admins.With(Role.Operator, world.Development.ProjectId));
        World.Value(await world.RegisterAsync(meeting, new(
            MeetingWorld.Guest, [new("FullName", "=cmd()"), new("Mobile", MeetingWorld.Mobile(1)), new("Company", "＝公式"), new("Topics", "ai,db")], [new(MeetingWorld.Free, 2)])));
        World.Value(await world.RegisterAsync(meeting, MeetingWorld.Asks(MeetingWorld.Mobile(2))));

        using var file = new MemoryStream();
        World.Done(await export.WriteAttendeesAsync(actor, world.Development.Id, meeting.Meeting.Key, new(Field: "Topics", Value: "db"), file, default));
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("fields.Company,fields.Age,fields.Industry,fields.OtherIndustry,fields.Topics", lines[0].TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("'=cmd()", lines[1], StringComparison.Ordinal);
        Assert.Contains("'＝公式", lines[1], StringComparison.Ordinal);
        Assert.Contains("人工智能 · 数据库", lines[1], StringComparison.Ordinal);

        using var orders = new MemoryStream();
        World.Done(await export.WriteOrdersAsync(actor, world.Development.Id, meeting.Meeting.Key, new(), orders, default));
        Assert.Contains("嘉宾票 × 2", Encoding.UTF8.GetString(orders.ToArray()), StringComparison.Ordinal);
        var reader = Admins.With(Role.ReadOnly, world.Development.ProjectId);
        Assert.Equal(FaultKind.Forbidden, (await export.WriteOrdersAsync(reader, world.Development.Id, meeting.Meeting.Key, new(), orders, default)).Fault!.Kind);
        Assert.Equal(FaultKind.UnknownMeeting, (await export.WriteOrdersAsync(actor, world.Development.Id, "nobody's", new(), orders, default)).Fault!.Kind);
    }

    [Theory]
    [InlineData("1234567890123456789", "1234567890123456789")]
    [InlineData(" 1234 5678 9012 3456 789\r", "1234567890123456789")]
    [InlineData("１２３４５６７８９０１２３４５６７８９", "1234567890123456789")]
    [InlineData("https://conf-x.example.com/m/ticket/1234567890123456789?from=mail", "1234567890123456789")]
    [InlineData("https://example.com/m/ticket/12345678901234567890", null)]
    [InlineData("https://example.com/1234567890123456789", null)]
    [InlineData("123456789012345678", null)]
    [InlineData("", null)]
    public void A_desk_takes_a_code_or_a_tickets_address(string scanned, string? code) => Assert.Equal(code, CheckinText.Read(scanned));

    private static async Task<IReadOnlyList<SearchHit>> FindAsync(World world, ConsoleContext context, string text) =>
        await world.Get<IEnumerable<ISearchSource>>().OfType<AttendeeSearch>().Single().FindAsync(context, text, default);

    private static ConsoleContext ContextOf(World world, Role role)
    {
        var project = new ConsoleProject(
            world.Development.ProjectId, world.Development.ProjectCode, world.Development.ProjectName, new(world.Development.Id, EnvironmentKind.Development), new(world.Production.Id, EnvironmentKind.Production));
        return new(Admins.With(role, world.Development.ProjectId), project, project.Development);
    }
}
