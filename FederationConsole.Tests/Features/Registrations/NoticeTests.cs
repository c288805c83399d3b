using System.Text;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Registrations;

/// <summary>What attendees are told: once, by the way that they left, as the meeting words it.</summary>
public sealed class NoticeTests
{
    private const string Key = "m1";

    [Theory, BothDatabases]
    public async Task Each_is_told_once_by_mail_or_else_by_text_message(DatabaseKind database)
    {
        await using var world = await WithMeetingAsync(database, MeetingMessageKind.Confirmation);
        await OweAsync(world, MeetingMessageKind.Confirmation, ("李雷", "+8613800000001", "li@example.com"), ("韩梅梅", "+8613800000002", null), ("无名", null, null));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Get<NoticeQueue>().SendDueAsync(default)));

        var inbox = await InboxAsync(world);
        Assert.Equal([("+8613800000002", MessageChannel.Sms), ("li@example.com", MessageChannel.Mail)], inbox.Select(m => (m.Target, m.Channel)).Order());
        var mail = inbox.Single(m => m.Channel == MessageChannel.Mail);
        Assert.Equal("报名成功：开发者大会", mail.Subject);
        Assert.Contains("李雷，您好", mail.Text, StringComparison.Ordinal);
        Assert.Contains("/m/ticket/1000000000000000000", mail.Text, StringComparison.Ordinal);
        Assert.Equal("PNG"u8.ToArray(), mail.Picture![1..4]);
        Assert.Null(inbox.Single(m => m.Channel == MessageChannel.Sms).Picture);

        var report = await ReportAsync(world);
        Assert.Equal(new NoticeCount(MeetingMessageKind.Confirmation, Sent: 2, Waiting: 0, Failed: 1), report.Counts[0]);
        Assert.Equal(("无名", null), (report.Problems.Single().Attendee, report.Problems.Single().DueAt));
    }

    [Theory, BothDatabases]
    public async Task A_provider_that_refuses_is_asked_again_and_then_no_more_until_an_administrator_says_so(DatabaseKind database)
    {
        await using var world = await WithMeetingAsync(database, MeetingMessageKind.Confirmation);
        await using var gateway = await MessageGateway.StartAsync();
        World.Done(await world.Get<MessageService>().SaveAsync(Actor.Host, world.Development.Id, new(
            MessageChannel.Mail, MessageProvider.Http, new Dictionary<string, string> { ["url"] = gateway.Url + "/mail" }, new Dictionary<string, string?> { ["token"] = "gateway-token" }, 0)));
        gateway.Answer = (503, "tired");
        await OweAsync(world, MeetingMessageKind.Confirmation, ("李雷", null, "li@example.com"));

        foreach (var wait in (TimeSpan[])[TimeSpan.Zero, .. NoticeQueue.Waits])
        {
            await PutDueAsync(world, wait);
            await world.Get<NoticeQueue>().SendDueAsync(default);
        }

        Assert.Equal(5, gateway.Calls.Count);
        var given = Assert.Single((await ReportAsync(world)).Problems);
        Assert.Equal((5, null, "HTTP 503 tired"), (given.Tries, given.DueAt, given.Error));

        gateway.Answer = (200, "");
        gateway.Calls.Clear();
        Assert.Equal(1, World.Value(await world.Get<NoticeService>().RetryAsync(Actor.Host, world.Development.Id, Key)));
        await world.Get<NoticeQueue>().SendDueAsync(default);
        Assert.True(gateway.Calls.TryDequeue(out var call));
        var mail = JsonDocument.Parse(call!.Body).RootElement;
        Assert.False(mail.TryGetProperty("code", out _));
        Assert.Equal("李雷", mail.GetProperty("variables").GetProperty("name").GetString());
        Assert.StartsWith("iVBOR", mail.GetProperty("attachments")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await ReportAsync(world)).Counts[0].Sent);
    }

    [Theory, BothDatabases]
    public async Task Reminders_are_written_once_when_their_time_has_come_to_who_is_still_coming(DatabaseKind database)
    {
        await using var world = await WithMeetingAsync(database, MeetingMessageKind.Reminder);
        await OweAsync(world, null, ("李雷", null, "li@example.com"), ("韩梅梅", null, "han@example.com"));
        await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
            db.Set<Attendee>().Where(a => a.Name == "韩梅梅").ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, db.Now)));
        var planner = world.Get<ReminderPlanner>();

        await planner.PlanAsync(default);
        Assert.Equal(0, await CountAsync(world));
        await MoveAsync(world, world.Host.Time.GetUtcNow() + TimeSpan.FromHours(23));
        await planner.PlanAsync(default);
        await planner.PlanAsync(default);
        await world.Get<NoticeQueue>().SendDueAsync(default);

        Assert.Equal(1, await CountAsync(world));
        Assert.Equal("会议提醒：开发者大会", Assert.Single(await InboxAsync(world)).Subject);
    }

    [Theory, BothDatabases]
    public async Task Who_cancelled_is_not_confirmed_and_who_did_not_is_not_told_that_it_is_over(DatabaseKind database)
    {
        await using var world = await WithMeetingAsync(database, MeetingMessageKind.Cancellation);
        await OweAsync(world, MeetingMessageKind.Cancellation, ("李雷", null, "li@example.com"));
        await world.Get<NoticeQueue>().SendDueAsync(default);
        Assert.Empty(await InboxAsync(world));

        await world.Get<Store>().WriteAsync(world.Development.Scope, db => db.Set<Attendee>().ExecuteUpdateAsync(set => set.SetProperty(a => a.EndedAt, db.Now)));
        World.Value(await world.Get<NoticeService>().RetryAsync(Actor.Host, world.Development.Id, Key));
        await world.Get<NoticeQueue>().SendDueAsync(default);
        Assert.Null(Assert.Single(await InboxAsync(world)).Picture);
    }

    [Theory, BothDatabases]
    public async Task Notices_have_a_limit_of_their_own_and_are_put_off_by_it(DatabaseKind database)
    {
        await using var world = await WithMeetingAsync(database, MeetingMessageKind.Confirmation);
        await world.SetAsync(world.Development.Policies with { CodesPerDay = 1 });
        await OweAsync(world, MeetingMessageKind.Confirmation, ("李雷", null, "li@example.com"), ("韩梅梅", null, "han@example.com"));
        await world.Get<NoticeQueue>().SendDueAsync(default);

        Assert.Single(await InboxAsync(world));
        var putOff = Assert.Single((await ReportAsync(world)).Problems);
        Assert.True(putOff.DueAt > world.Host.Time.GetUtcNow());
        // Signing in by code goes on.
        Assert.Equal(0, (await world.PostAsync("/v2/user_register/verifycode", new { corp_id = world.Development.CorpId, phone = "13838383388" })).Code);
    }

    [Fact]
    public void A_mail_server_gets_the_picture_beside_the_text()
    {
        var message = new Message("0123456789abcdef", MessageChannel.Mail, "li@example.com", "", "", "主题", "正文", new Dictionary<string, string>()) { Picture = new("checkin.png", [1, 2, 3]) };
        var mail = SmtpTalk.Mail("no-reply@example.com", message, DateTimeOffset.UnixEpoch).Split("\r\n");
        Assert.Contains("Content-Type: multipart/mixed; boundary=\"=_0123456789abcdef\"", mail);
        Assert.Equal(3, mail.Count(line => line.StartsWith("--=_0123456789abcdef", StringComparison.Ordinal)));
        Assert.Contains("AQID", mail);
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("正文\r\n")), mail);
        Assert.Equal("--=_0123456789abcdef--", mail[^1]);
    }

    [Theory, BothDatabases]
    public async Task A_wording_is_saved_over_no_other_and_by_operators_of_the_project_alone(DatabaseKind database)
    {
        await using var world = await WithMeetingAsync(database, MeetingMessageKind.Confirmation);
        var (service, id) = (world.Get<MeetingMessageService>(), world.Development.Id);
        var now = MeetingMessageRules.Of(world.Get<MeetingCatalog>().Find(Key)!.Meeting, MeetingMessageKind.Confirmation);

        World.Done(await service.SaveAsync(Actor.Host, id, Key, now, now with { Subject = "甲" }));
        Assert.Equal(FaultKind.Changed, (await service.SaveAsync(Actor.Host, id, Key, now, now with { Subject = "乙" })).Fault!.Kind);
        Assert.Equal("甲", MeetingMessageRules.Of(world.Get<MeetingCatalog>().Find(Key)!.Meeting, MeetingMessageKind.Confirmation).Subject);
        Assert.Equal(FaultKind.NotFound, (await service.SaveAsync(Actor.Host, world.Production.Id, Key, now, now)).Fault!.Kind);
        var reader = Actor.Host with { Kind = ActorKind.Administrator, Grants = [new(world.Development.ProjectId.Value, Role.ReadOnly)] };
        Assert.Equal(FaultKind.Forbidden, (await service.SaveAsync(reader, id, Key, now, now)).Fault!.Kind);
    }

    private static async Task<World> WithMeetingAsync(DatabaseKind database, MeetingMessageKind kind)
    {
        var world = await World.CreateAsync(database);
        await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, db =>
        {
            db.Add(new Meeting
            {
                Id = db.NextId(), Key = Key, Name = "开发者大会", StartsAt = db.Now.AddDays(10), EndsAt = db.Now.AddDays(11), CreatedAt = db.Now,
                Messages = [MeetingMessageRules.Default(kind) with { Mail = true, Sms = true }],
            });
            db.Audit(Actor.Host, "meeting.created", "meeting", Key);
            db.Signal(MeetingCatalog.Topic);
            return Task.FromResult(Outcome.Done);
        });
        return world;
    }

    private static Task MoveAsync(World world, DateTimeOffset start) => world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
    {
        (await db.Set<Meeting>().FirstAsync()).StartsAt = start;
        db.Audit(Actor.Host, "meeting.saved", "meeting", Key);
        db.Signal(MeetingCatalog.Topic);
        return Outcome.Done;
    });

    private static Task OweAsync(World world, MeetingMessageKind? kind, params (string Name, string? Mobile, string? Email)[] people) =>
        world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            var meeting = (await db.Set<Meeting>().FirstAsync()).Id;
            foreach (var ((name, mobile, email), number) in people.Select((person, number) => (person, number)))
            {
                var order = new Order { Id = db.NextId(), MeetingId = meeting, PublicId = db.NextGuid(), Number = Order.NumberOf(db.NextId()), Status = OrderStatus.Paid, CreatedAt = db.Now };
                var attendee = new Attendee
                {
                    Id = db.NextId(), MeetingId = meeting, OrderId = order.Id, PublicId = db.NextGuid(), Type = "t", Name = name, Mobile = mobile, Email = email,
                    CheckinCode = (1_000_000_000_000_000_000 + number).ToString(System.Globalization.CultureInfo.InvariantCulture),
                };
                db.Add(order);
                db.Add(attendee);
                if (kind is { } owed)
                {
                    db.Add(new AttendeeNotice { Id = db.NextId(), MeetingId = meeting, AttendeeId = attendee.Id, Kind = owed, DueAt = db.Now });
                }
            }

            return Outcome.Done;
        });

    /// <summary>Brings forward what waits this long, instead of moving the clock past every other timer of the host.</summary>
    private static async Task PutDueAsync(World world, TimeSpan wait)
    {
        var now = (DateTimeOffset?)world.Host.Time.GetUtcNow();
        await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
            db.Set<AttendeeNotice>().Where(n => n.DueAt == now + wait).ExecuteUpdateAsync(set => set.SetProperty(n => n.DueAt, now)));
    }

    private static Task<List<InboxMessage>> InboxAsync(World world) => world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<InboxMessage>().ToListAsync());

    private static Task<int> CountAsync(World world) => world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<AttendeeNotice>().CountAsync());

    private static async Task<NoticeReport> ReportAsync(World world) =>
        World.Value(await world.Get<NoticeService>().ReadAsync(Actor.Host, world.Development.Id, Key, default));
}
