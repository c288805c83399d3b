using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Support;

/// <summary>A meeting to register for: two types, a free ticket and a dear one, agendas of which two clash, an invitation code.</summary>
internal static class MeetingWorld
{
    public const string Guest = "guest";
    public const string Press = "press";
    public const string Free = "free";
    public const string Dear = "dear";
    public const string Morning = "morning";
    public const string AlsoMorning = "also-morning";
    public const string AllDay = "all-day";
    public const string Dinner = "dinner";
    public const string Code = "VIP-1";

    /// <param name="key">BventId.</param>
    /// <param name="quota">Of each ticket.</param>
    public static async Task<MeetingEntry> MeetingAsync(
        this World world, string key = "meeting-1", EnvironmentEntry? environment = null, int? quota = 100, int? capacity = null, Action<Meeting>? adjust = null, int dearFen = 9950)
    {
        environment ??= world.Development;
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(environment.Scope, db =>
        {
            var now = db.Now;
            var meeting = new Meeting
            {
                Id = db.NextId(), Key = key, Name = "开发者大会", Place = "上海", StartsAt = now.AddDays(10), EndsAt = now.AddDays(11), Capacity = capacity, CreatedAt = now,
                Messages = [new(MeetingMessageKind.Confirmation, true, true, "报名成功", "{name}", "{name}"), new(MeetingMessageKind.Cancellation, true, true, "取消", "{name}", "{name}")],
            };
            adjust?.Invoke(meeting);
            db.Add(meeting);
            db.Add(new AttendeeType { Id = db.NextId(), MeetingId = meeting.Id, Key = Guest, Name = "嘉宾", Fields = GuestForm });
            db.Add(new AttendeeType { Id = db.NextId(), MeetingId = meeting.Id, Key = Press, Name = "媒体", Position = 1, InvitationOnly = true, Fields = [.. GuestForm.Take(3)] });
            db.Add(new Ticket { Id = db.NextId(), MeetingId = meeting.Id, Key = Free, Name = "嘉宾票", Quota = quota, PerOrder = 3 });
            db.Add(new Ticket { Id = db.NextId(), MeetingId = meeting.Id, Key = Dear, Name = "工作坊票", Position = 1, Quota = quota, PriceFen = dearFen, AttendeeTypes = [Guest] });
            foreach (var (agenda, name, from, hours, parent, overlaps) in new (string, string, int, int, string?, bool)[]
            {
                (Morning, "主论坛", 0, 3, null, false), (AlsoMorning, "分论坛", 2, 2, null, false), (AllDay, "展览", 0, 9, null, true), (Dinner, "晚宴", 10, 2, Dear, false),
            })
            {
                db.Add(new Agenda
                {
                    Id = db.NextId(), MeetingId = meeting.Id, Key = agenda, Name = name, StartsAt = meeting.StartsAt.AddHours(from), EndsAt = meeting.StartsAt.AddHours(from + hours),
                    ParentSku = parent, Overlaps = overlaps, Capacity = quota,
                });
            }

            db.Add(new InvitationCode { Id = db.NextId(), MeetingId = meeting.Id, Code = Code, MaxUses = 2, AttendeeTypes = [Press], ExpiresAt = now.AddDays(2) });
            db.Audit(Actor.Host, "meeting.created", "meeting", key);
            db.Signal(MeetingCatalog.Topic);
            return Task.FromResult(Outcome.Done);
        }));
        return world.Get<MeetingCatalog>().Find(key)!;
    }

    private static IReadOnlyList<FormField> GuestForm =>
    [
        new() { Name = "FullName", Label = "姓名", Type = AttributeType.String, Required = true, MaxLength = 50 },
        new() { Name = "Mobile", Label = "手机", Type = AttributeType.String },
        new() { Name = "Email", Label = "邮箱", Type = AttributeType.String },
        new() { Name = "Company", Label = "公司", Type = AttributeType.String },
        new() { Name = "Age", Label = "年龄", Type = AttributeType.Integer, Min = 18, Max = 120 },
        new() { Name = "Industry", Label = "行业", Type = AttributeType.Enum, Options = [new("it", "信息技术"), new("other", "其他")] },
        new() { Name = "OtherIndustry", Label = "具体行业", Type = AttributeType.String, Required = true, ShowIf = new("Industry", ["other"]) },
        new() { Name = "Topics", Label = "话题", Type = AttributeType.MultiEnum, Options = [new("ai", "人工智能"), new("db", "数据库"), new("a,b", "逗号")] },
    ];

    /// <summary>A person who asks for one free ticket.</summary>
    public static RegistrationAsked Asks(string mobile, string ticket = Free, int quantity = 1) => new(
        Guest, [new("FullName", "测试姓名"), new("Mobile", mobile)], [new(ticket, quantity)]);

    public static string Mobile(int number) => $"138{number:00000000}";

    public static Task<Outcome<Registration>> RegisterAsync(this World world, MeetingEntry meeting, RegistrationAsked asked, string? key = null) =>
        world.Get<RegistrationService>().RegisterAsync(meeting, asked, OrderOrigin.Api, key);

    /// <summary>What the database says is taken: of the meeting, of each ticket and agenda, and uses of the code.</summary>
    public static Task<Dictionary<string, int>> TakenAsync(this World world, MeetingEntry meeting) => world.Get<Store>().ReadAsync(meeting.Environment.Scope, async db =>
    {
        var id = meeting.Meeting.Id;
        var taken = await db.Set<Ticket>().Where(t => t.MeetingId == id).ToDictionaryAsync(t => t.Key, t => t.Taken);
        foreach (var agenda in await db.Set<Agenda>().Where(a => a.MeetingId == id).ToListAsync())
        {
            taken[agenda.Key] = agenda.Taken;
        }

        taken[Code] = await db.Set<InvitationCode>().Where(c => c.MeetingId == id).Select(c => c.Uses).FirstAsync();
        taken[""] = await db.Set<Meeting>().Where(m => m.Id == id).Select(m => m.Taken).FirstAsync();
        return taken;
    });
}
