using System.Net;
using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.OpenApi;

/// <summary>Seed 000, <c>createForClient</c>.</summary>
public sealed class CreateForClientTests
{
    private const string Mobile = "13838383388";

    /// <summary>Every field of the seed.</summary>
    private static JsonObject Whole() => new()
    {
        ["accountName"] = "Ming.Li_1", ["email"] = "Ming@Example.com", ["mobile"] = Mobile, ["fullName"] = "李明", ["firstName"] = "明", ["middleName"] = "中", ["lastName"] = "李",
        ["nickname"] = "小明", ["jobNumber"] = "J-17", ["password"] = People.Password, ["source"] = 9, ["gender"] = 1, ["idImage"] = "https://a.example/id.png", ["language"] = "zh-CN",
        ["department"] = "市场部", ["birthday"] = "1990-05-17T00:00:00", ["prefix"] = "先生", ["profileImage"] = "https://a.example/1.png", ["company"] = "示例公司", ["country"] = "中国",
        ["englishName"] = "Ming", ["position"] = "经理", ["idType"] = 1, ["idNumber"] = "110101199005170011", ["isMobileActivated"] = true, ["isEmailActivated"] = false, ["unknown"] = new JsonObject(),
    };

    [Theory, BothDatabases]
    public async Task Every_field_goes_where_it_belongs_and_none_is_lost(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(
            new AttributeDefinition { Id = "full_name", Name = "姓名", Type = AttributeType.String },
            new AttributeDefinition { Id = "birthday", Name = "出生日期", Type = AttributeType.Date },
            new AttributeDefinition { Id = "prefix", Name = "称谓", Type = AttributeType.Enum, Options = [new("mr", "先生"), new("ms", "女士")] },
            new AttributeDefinition { Id = "id_type", Name = "证件类型", Type = AttributeType.Enum, Options = [new("0", "未指定"), new("1", "居民身份证")] },
            // More than the schema allows; the call succeeds all the same.
            new AttributeDefinition { Id = "company", Name = "公司", Type = AttributeType.String, MaxLength = 2 },
            // Required, and the seed has no field for it.
            new AttributeDefinition { Id = "badge_no", Name = "工牌号", Type = AttributeType.String, Required = true });
        var token = await world.AppTokenAsync(world.AppKey);

        var reply = await world.CreateAsync(token, Whole());

        reply.IsDone();
        Assert.Equal(["isSuccess", "sysCode", "sysMessage", "businessCode", "businessMessage", "returnObj", "pager"], reply.Json.EnumerateObject().Select(p => p.Name));
        Assert.StartsWith("""{"isSuccess":true,"sysCode":1000,"sysMessage":"成功","businessCode":0,"businessMessage":"","returnObj":{"accountId":""", reply.Text, StringComparison.Ordinal);
        Assert.EndsWith(""","mobile":"13838383388","email":"ming@example.com","accountName":"Ming.Li_1","isNewCreated":true,"createStatus":0,"errorMessage":""},"pager":{"pageIndex":1,"pageSize":1,"skip":0,"totalCount":1,"totalPage":1}}""", reply.Text, StringComparison.Ordinal);
        var account = Guid.Parse(reply.Returned("accountId")!);
        var user = await world.ReadAsync(db => db.Set<User>().SingleAsync(u => u.AccountId == account));
        Assert.Equal(
            ("Ming.Li_1", "+8613838383388", "+86", "ming@example.com", "小明", "https://a.example/1.png", 1, User.OwnOrigin),
            (user.AccountName, user.Phone, user.PhoneZone, user.Email, user.Nickname, user.AvatarUrl, user.Gender, user.Origin));
        Assert.Equal(
            ["birthday=1990-05-17", "company=示例公司", "country=中国", "department=市场部", "english_name=Ming", "first_name=明", "full_name=李明", "id_image=https://a.example/id.png", "id_number=110101199005170011", "id_type=1", "job_number=J-17", "language=zh-CN", "last_name=李", "middle_name=中", "position=经理", "prefix=mr"],
            await world.AttributesAsync(user.Id));
        // A user's own view has what the schema allows, and the rest as soon as it does.
        Assert.Equal(["birthday", "full_name", "id_type", "prefix"], await SeenAsync());
        await world.SchemaAsync(new AttributeDefinition { Id = "company", Name = "公司", Type = AttributeType.String });
        Assert.Equal(["company"], await SeenAsync());
        var detail = await world.ReadAsync(db => db.Set<AccountDetail>().SingleAsync(d => d.UserId == user.Id));
        Assert.Equal((9, null, "ming@example.com"), (detail.Source, detail.UnverifiedPhone, detail.UnverifiedEmail));
        Assert.Equal(200, (int)(await world.PasswordLoginAsync(Mobile)).Status);
        Assert.Equal(["user.created"], await world.EventsAsync(user.Id.Value));
        var line = await world.ReadAsync(db => db.Set<AuditLine>().Where(l => l.Action == "user.created").OrderByDescending(l => l.Id).FirstAsync());
        Assert.Equal(ActorKind.App, line.ActorKind);
        Assert.DoesNotContain(Mobile, line.Changes ?? "", StringComparison.Ordinal);

        async Task<IEnumerable<string>> SeenAsync() => world.Get<UserAttributes>()
            .OnWire(world.Development.Id, (await world.Get<ProfileReader>().FindAsync(world.Development.Id, user.Id))!.Attributes).Keys.Order(StringComparer.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Found_by_any_of_the_three_and_nothing_is_overwritten(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        var first = await world.CreateAsync(token, Whole());
        var before = await world.DirectoryAsync();

        foreach (var body in new object[]
        {
            Whole(), new { accountName = "Ming.Li_1", nickname = "别人", gender = 2 }, new { email = "MING@example.com", mobile = "13900000000" }, new { mobile = "+86 138-3838-3388", password = "Another46525dff" },
        })
        {
            var again = await world.CreateAsync(token, body);
            again.IsDone();
            Assert.Equal(first.Returned("accountId"), again.Returned("accountId"));
            Assert.False(again.Json.GetProperty("returnObj").GetProperty("isNewCreated").GetBoolean());
            Assert.Equal(Mobile, again.Returned("mobile"));
        }

        Assert.Equal(before, await world.DirectoryAsync());
        // The neighbour environment has nobody.
        var neighbour = await world.CreateAsync(await world.AppTokenAsync(world.ProductionAppKey), new { accountName = "Ming.Li_1" });
        Assert.NotEqual(first.Returned("accountId"), neighbour.Returned("accountId"));
    }

    [Theory, BothDatabases]
    public async Task Fifty_at_once_make_one(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.CreateAsync(token, new { accountName = "ming", email = "ming@example.com", mobile = Mobile })));

        Assert.All(replies, reply => reply.IsDone());
        Assert.Single(replies.Select(r => r.Returned("accountId")).Distinct());
        Assert.Single(replies, r => r.Json.GetProperty("returnObj").GetProperty("isNewCreated").GetBoolean());
        Assert.Equal(1, await world.ReadAsync(db => db.Set<User>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task What_leads_to_different_users_is_a_conflict_that_says_which(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(new AttributeDefinition { Id = "job_number", Name = "工号", Type = AttributeType.String, Unique = true });
        var token = await world.AppTokenAsync(world.AppKey);
        (await world.CreateAsync(token, new { accountName = "first", email = "a@example.com", jobNumber = "J-1" })).IsDone();
        (await world.CreateAsync(token, new { mobile = Mobile })).IsDone();

        foreach (var (body, says) in new (object, string)[]
        {
            (new { accountName = "first", mobile = Mobile }, "accountName / mobile"),
            (new { accountName = "first", email = "a@example.com", mobile = Mobile }, "accountName, email / mobile"),
            (new { accountName = "third", jobNumber = "J-1" }, "jobNumber"),
        })
        {
            var reply = await world.CreateAsync(token, body);
            Assert.True(reply.Status == HttpStatusCode.OK && reply.Business() == 2 && reply.Says().EndsWith(": " + says, StringComparison.Ordinal), reply.Text);
            Assert.Equal((-1, reply.Says()), (reply.Json.GetProperty("returnObj").GetProperty("createStatus").GetInt32(), reply.Returned("errorMessage")));
        }

        Assert.Equal(2, await world.ReadAsync(db => db.Set<User>().CountAsync()));
    }

    [Fact]
    public async Task Wrong_fields_are_named_and_nobody_is_made()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var token = await world.AppTokenAsync(world.AppKey);
        foreach (var (body, code, says) in new (string, int, string)[]
        {
            ("{}", 1, "accountName、email、mobile"), ("""{"fullName":"李明","email":"","mobile":null,"accountName":" "}""", 1, "accountName、email、mobile"),
            ("""{"accountName":"1ming"}""", 3, "accountName"), ("""{"accountName":"明"}""", 3, "accountName"), ("""{"accountName":"_x"}""", 3, "accountName"),
            ("""{"accountName":"a@b.cn"}""", 1, "accountName"), ($$"""{"accountName":"{{new string('a', 65)}}"}""", 1, "accountName"),
            ("""{"email":"x"}""", 1, "email"), ("""{"mobile":"12"}""", 1, "mobile"), ("""{"mobile":"+999"}""", 1, "mobile"),
            ("""{"accountName":"a","source":10}""", 1, "source"), ("""{"accountName":"a","source":-1}""", 1, "source"), ("""{"accountName":"a","gender":3}""", 1, "gender"),
            ("""{"accountName":"a","gender":"1"}""", 1, "gender"), ("""{"accountName":"a","idType":3}""", 1, "idType"), ("""{"accountName":"a","idType":32768}""", 1, "idType"),
            ("""{"accountName":"a","birthday":"May"}""", 1, "birthday"), ("""{"accountName":"a","profileImage":"javascript:alert(1)"}""", 1, "profileImage"),
            ("""{"accountName":"a","idImage":"x"}""", 1, "idImage"), ("""{"accountName":"a","password":"short"}""", 1, "password"), ("""{"accountName":"a","isMobileActivated":"yes"}""", 1, "isMobileActivated"),
            ($$"""{"accountName":"a","fullName":"{{new string('x', 501)}}"}""", 1, "fullName"), ("""{"accountName":"a","nickname":"a\u0000b"}""", 1, "nickname"), ("{", 1, "JSON"), ("[]", 1, ""), ("null", 1, ""),
        })
        {
            var reply = await world.CreateAsync(token, body);
            Assert.True(reply.Status == HttpStatusCode.OK && reply.Business() == code && reply.Says().Contains(says, StringComparison.Ordinal), $"{body}: {reply.Text}");
            Assert.StartsWith("""{"isSuccess":false,"sysCode":1000,"sysMessage":"成功",""", reply.Text, StringComparison.Ordinal);
            Assert.Equal(-1, reply.Json.GetProperty("returnObj").GetProperty("createStatus").GetInt32());
        }

        Assert.Equal(0, await world.ReadAsync(db => db.Set<User>().CountAsync()));
    }

    [Fact]
    public async Task Every_enumeration_of_the_seed_is_taken()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var token = await world.AppTokenAsync(world.AppKey);
        var bodies = Enumerable.Range(0, 10).Select(s => new JsonObject { ["source"] = s })
            .Concat(Enumerable.Range(0, 3).Select(g => new JsonObject { ["gender"] = g }))
            .Concat(new[] { 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384 }.Select(t => new JsonObject { ["idType"] = t }))
            .Concat(new[] { "1990-05-17", "1990-05-17T00:00:00", "1990-05-16T16:00:00Z", "1990-05-17T00:00:00.000+08:00", "1990-05-17 08:00:00" }.Select(b => new JsonObject { ["birthday"] = b })).ToList();
        for (var i = 0; i < bodies.Count; i++)
        {
            bodies[i]["accountName"] = $"a{i}";
            (await world.CreateAsync(token, bodies[i])).IsDone();
        }

        var kept = await world.ReadAsync(db => db.Set<AccountDetail>().ToListAsync());
        Assert.Equal(Enumerable.Range(1, 9), kept.Select(d => d.Source).Where(s => s != 0).Order());
        var values = await world.ReadAsync(db => db.Set<UserAttribute>().ToListAsync());
        Assert.Equal(16, values.Where(v => v.AttributeId == "id_type").Select(v => v.Value).Distinct().Count());
        Assert.Equal((5, "1990-05-17"), (values.Count(v => v.AttributeId == "birthday"), values.Where(v => v.AttributeId == "birthday").Select(v => v.Value).Distinct().Single()));
    }

    [Theory]
    [InlineData("+1 415-555-0100", "+1", "+14155550100")]
    [InlineData("+44 (7700) 900123", "+44", "+447700900123")]
    [InlineData("0085261234567", "+852", "+85261234567")]
    [InlineData("+8613838383388", "+86", "+8613838383388")]
    public async Task A_number_of_another_country_says_which(string mobile, string zone, string e164)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var reply = await world.CreateAsync(await world.AppTokenAsync(world.AppKey), new { mobile });
        reply.IsDone();
        var user = await world.ReadAsync(db => db.Set<User>().SingleAsync());
        Assert.Equal((zone, e164, zone == "+86" ? user.NationalPhone : e164), (user.PhoneZone, user.Phone, reply.Returned("mobile")));
    }

    [Theory, BothDatabases]
    public async Task An_unverified_phone_collects_nobodys_logins_until_it_is_proved(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        (await world.CreateAsync(token, new { mobile = Mobile })).IsDone();
        (await world.CreateAsync(token, new { mobile = "13900000000", isMobileActivated = true })).IsDone();
        var made = await world.ReadAsync(db => db.Set<User>().ToDictionaryAsync(u => u.NationalPhone!));

        Assert.NotEqual(made[Mobile].Id, await world.EnterAsync(Vouched("o-1", Mobile)));
        Assert.Equal(made["13900000000"].Id, await world.EnterAsync(Vouched("o-2", "13900000000")));
        await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
        {
            await AccountDetail.ProveAsync(db, made[Mobile].Id, "+86" + Mobile);
            return Outcome.Done;
        });
        Assert.Equal(made[Mobile].Id, await world.EnterAsync(Vouched("o-3", Mobile)));
    }

    [Fact]
    public async Task Only_a_living_token_of_an_app_is_let_in()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        foreach (var wrong in new[] { null, "x", (await world.LoginAsync("ming")).AccessToken })
        {
            var reply = await world.CreateAsync(wrong, "not even read");
            Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
            Assert.Equal((false, 1000, 401), (reply.Json.GetProperty("isSuccess").GetBoolean(), reply.Json.GetProperty("sysCode").GetInt32(), reply.Business()));
            Assert.StartsWith("Bearer", reply.Response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await world.CallAsync("/op/userresource/nothing", "{}")).Status);
    }

    private static VerifiedIdentity Vouched(string openId, string phone) => new(10, "", openId) { Phone = "+86" + phone };
}
