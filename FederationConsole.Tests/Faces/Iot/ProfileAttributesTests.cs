using System.Globalization;
using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Support.Schemas;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary><c>attributes</c> of GET and PUT /v2/user/{user_id}.</summary>
public sealed class ProfileAttributesTests
{
    private static Task<Answer> PutAsync(World world, Login who, object body) => world.SendAsync(HttpMethod.Put, $"/v2/user/{who.UserId}", body, who.AccessToken);

    private static async Task<string> GetAsync(World world, Login who) =>
        (await world.SendAsync(HttpMethod.Get, $"/v2/user/{who.UserId}", accessToken: who.AccessToken)).Json.GetProperty("attributes").GetRawText();

    [Theory, BothDatabases]
    public async Task Values_go_in_and_come_out_typed_by_the_schema(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(
            Hobbies, City, Size,
            new() { Id = "height", Name = "身高", Type = AttributeType.Decimal }, new() { Id = "married", Name = "婚否", Type = AttributeType.Boolean },
            new() { Id = "born", Name = "生日", Type = AttributeType.Date }, new() { Id = "seen_at", Name = "到访", Type = AttributeType.Datetime }, new() { Id = "site", Name = "网址", Type = AttributeType.Url });
        var li = await world.LoginAsync("li");
        Assert.Equal("{}", await GetAsync(world, li));

        var answer = await PutAsync(world, li, """
            {"nickname":"李","attributes":{"born":"1990-02-28","married":false,"height":1.80,"city":"上海","size":"l","hobbies":["read","run"],"seen_at":"2026-12-01T09:00:00+08:00","site":"https://a.cn/"}}
            """);
        Assert.Equal("{}", answer.Text);

        Assert.Equal(
            """{"hobbies":["run","read"],"city":"上海","size":"l","height":1.8,"married":false,"born":"1990-02-28","seen_at":"2026-12-01T01:00:00Z","site":"https://a.cn/"}""",
            await GetAsync(world, li));
    }

    [Theory, BothDatabases]
    public async Task What_is_absent_stays_and_what_is_empty_goes_in_one_write_that_tells_its_names(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City, Size, Hobbies);
        var li = await world.LoginAsync("li");
        await PutAsync(world, li, new { attributes = new { city = "上海", size = "s", hobbies = new[] { "run" } } });

        Assert.Equal("{}", (await PutAsync(world, li, """{"gender":2,"attributes":{"size":null,"hobbies":[],"city":"北京"}}""")).Text);
        Assert.Equal("{}", (await PutAsync(world, li, """{"attributes":{"size":"","city":"北京"}}""")).Text);
        Assert.Equal("{}", (await PutAsync(world, li, """{"attributes":{}}""")).Text);
        Assert.Equal("{}", (await PutAsync(world, li, """{"attributes":null}""")).Text);

        Assert.Equal("""{"city":"北京"}""", await GetAsync(world, li));
        var events = await world.ReadAsync(db => db.Set<OutboxEvent>().Where(e => e.UserId == new UserId(li.UserId) && e.Type == "user.updated").OrderBy(e => e.Id).Select(e => e.Payload).ToListAsync());
        Assert.Equal(
            [
                $$"""{"user_id":{{li.UserId}},"fields":["attributes.city","attributes.size","attributes.hobbies"]}""",
                $$"""{"user_id":{{li.UserId}},"fields":["gender","attributes.size","attributes.hobbies","attributes.city"]}""",
            ],
            events);
        // The line names each attribute, and masks what it was and is.
        var subject = li.UserId.ToString(CultureInfo.InvariantCulture);
        var lines = await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().Where(l => l.SubjectId == subject && l.Action == "user.updated").OrderBy(l => l.Id).Select(l => l.Changes).ToListAsync());
        Assert.Equal(2, lines.Count);
        Assert.Contains($"{li.UserId}/city", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("上海", string.Concat(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("北京", string.Concat(lines), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task What_is_not_allowed_names_its_attribute_and_nothing_is_half_done(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City with { Required = true }, Badge, Level, Size, Hobbies);
        var (li, han) = (await world.LoginAsync("li"), await world.LoginAsync("han"));
        Assert.Equal("{}", (await PutAsync(world, han, new { attributes = new { city = "上海", badge_no = "A1" } })).Text);
        (int Code, string Told, string Attributes)[] table =
        [
            (4001001, "attributes.nickname", """{"city":"上海","nickname":"x"}"""),
            (4001001, "city, badge_no, level, size, hobbies", """{"nickname":"x"}"""),
            (4001001, "attributes.City", """{"City":"x"}"""),
            (4001001, "attributes.city", """{"city":"一二三四五六七八九十一"}"""),
            (4001001, "attributes.city", """{"city":7}"""),
            (4001001, "attributes.city", """{"city":"\ud800"}"""),
            (4001001, "attributes.size", """{"city":"上海","size":"xl"}"""),
            (4001001, "s, l", """{"city":"上海","size":"xl"}"""),
            (4001001, "attributes.hobbies", """{"city":"上海","hobbies":["run","run"]}"""),
            (4001001, "attributes.level", """{"city":"上海","level":3}"""),
            (4001001, "attributes.badge_no", """{"city":"上海","badge_no":"A1"}"""),
            (4001002, "attributes.city", """{"size":"l"}"""),
            (4001002, "attributes.city", """{"size":"l","city":null}"""),
        ];
        foreach (var (code, told, attributes) in table)
        {
            var answer = await PutAsync(world, li, $$"""{"nickname":"changed","attributes":{{attributes}}}""");
            Assert.Equal(code, answer.Code);
            Assert.Contains(told, answer.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await world.AttributesAsync(new(li.UserId)));
        Assert.False((await world.SendAsync(HttpMethod.Get, $"/v2/user/{li.UserId}", accessToken: li.AccessToken)).Json.TryGetProperty("nickname", out _));
        // A write that touches no attribute asks for none, and one's own value is free to oneself.
        Assert.Equal("{}", (await PutAsync(world, li, new { nickname = "李" })).Text);
        Assert.Equal("{}", (await PutAsync(world, han, new { attributes = new { badge_no = "A1", size = "l" } })).Text);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_claim_one_value_at_once_one_has_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(Badge);
        var claimants = new List<Login>();
        for (var i = 0; i < 6; i++)
        {
            claimants.Add(await world.LoginAsync($"user-{i}"));
        }

        var answers = await Task.WhenAll(claimants.Select(who => PutAsync(world, who, new { attributes = new { badge_no = "A1" } })));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal((4001001, true), (a.Code, a.Message.Contains("attributes.badge_no", StringComparison.Ordinal))));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<FederationConsole.Features.Accounts.UserAttribute>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_neighbours_schema_and_values_are_not_there(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(Badge);
        await world.SchemaAsync(world.Production, City, Badge);
        var (here, there) = (await world.LoginAsync("li"), await world.LoginAsync("li", environment: world.Production));

        Assert.Contains("attributes.city", (await PutAsync(world, here, new { attributes = new { city = "上海" } })).Message, StringComparison.Ordinal);
        Assert.Equal("{}", (await PutAsync(world, here, new { attributes = new { badge_no = "A1" } })).Text);
        // Unique in its own environment alone.
        Assert.Equal("{}", (await PutAsync(world, there, new { attributes = new { badge_no = "A1", city = "上海" } })).Text);
        Assert.Equal("""{"badge_no":"A1"}""", await GetAsync(world, here));
        Assert.Equal("""{"city":"上海","badge_no":"A1"}""", await GetAsync(world, there));
    }

    [Theory, BothDatabases]
    public async Task A_value_that_no_longer_fits_is_kept_out_of_sight_until_it_is_written_again(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City, Size, Badge);
        var li = await world.LoginAsync("li");
        await PutAsync(world, li, new { attributes = new { city = "很长的城市名", size = "l", badge_no = "A1" } });

        // One narrowed, one gone, one of another type.
        await world.SchemaAsync(City with { MaxLength = 2 }, Badge with { Type = AttributeType.Integer, Unique = false });
        Assert.Equal("{}", await GetAsync(world, li));
        Assert.Equal("{}", (await PutAsync(world, li, new { attributes = new { badge_no = 7 } })).Text);
        Assert.Equal("""{"badge_no":7}""", await GetAsync(world, li));
        Assert.Equal(["badge_no=7", "city=很长的城市名", "size=l"], await world.AttributesAsync(new(li.UserId)));

        await world.SchemaAsync(City, Size, Badge);
        Assert.Equal("""{"city":"很长的城市名","size":"l","badge_no":"7"}""", await GetAsync(world, li));
    }

    [Fact]
    public async Task What_is_no_object_of_values_is_refused_and_never_breaks_us()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.SchemaAsync(City, Hobbies);
        var li = await world.LoginAsync("li");
        string[] bodies =
        [
            """["city"]""", "\"city\"", "7", "true", """{"city":{"a":{"b":1}}}""", """{"city":["上海"]}""", """{"hobbies":"run"}""", """{"hobbies":[1]}""", """{"hobbies":[null]}""",
            """{"hobbies":[["run"]]}""", "{\"city\":\"" + new string('x', 30_000) + "\"}", """{"\ud800":"x"}""", """{"city":"\udc00"}""", """{"":"x"}""", """{"a\u0000b":"x"}""",
            "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"{i.ToString("x", CultureInfo.InvariantCulture)}\":1")) + "}",
            "{" + string.Join(',', Enumerable.Range(0, 4_000).Select(i => $"\"k{i.ToString(CultureInfo.InvariantCulture)}\":1")) + "}",
            "{\"" + new string('k', 40_000) + "\":1}", string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40), "{", """{"city":1e999}""",
        ];
        foreach (var body in bodies)
        {
            var answer = await PutAsync(world, li, $$"""{"attributes":{{body}}}""");
            Assert.True(answer.Code == 4001001, $"{body[..Math.Min(60, body.Length)]}: {answer.Text}");
            Assert.True(answer.Text.Length < 1000, answer.Text);
        }

        Assert.Equal("{}", await GetAsync(world, li));
    }
}
