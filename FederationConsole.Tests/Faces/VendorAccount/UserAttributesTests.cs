using System.Net;
using System.Text;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Support.Schemas;

namespace FederationConsole.Tests.Faces.VendorAccount;

/// <summary><c>/account/v1/users/{user_id}/attributes</c> and <c>/account/v1/schema</c>, for app servers.</summary>
public sealed class UserAttributesTests
{
    private static string PathOf(UserId user) => $"/account/v1/users/{user}/attributes";

    private static async Task<Answer> PutAsync(World world, UserId user, string? bearer, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(PathOf(user), UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (bearer is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + bearer);
        }

        var reply = await world.Host.Http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return new(reply.StatusCode, text, JsonElement.Parse(text), reply);
    }

    [Theory, BothDatabases]
    public async Task An_app_server_writes_also_what_users_only_read_and_reads_what_is_there(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City, Level, Hobbies, Badge);
        var user = await world.RegisteredAsync("13800000001");
        var token = await world.AppTokenAsync(world.AppKey);
        Assert.Equal($$$"""{"result_code":"0","message":"成功","user_id":{{{user}}},"attributes":{}}""", (await world.AskAsync(PathOf(user), token)).Text);

        var written = await PutAsync(world, user, token, """{"attributes":{"level":3,"city":"上海","hobbies":["read","run"]}}""");
        Assert.Equal($$$"""{"result_code":"0","message":"成功","user_id":{{{user}}},"attributes":{"city":"上海","level":3,"hobbies":["run","read"]}}""", written.Text);
        written = await PutAsync(world, user, token, """{"attributes":{"city":null,"badge_no":"A1"}}""");
        Assert.Equal($$$"""{"result_code":"0","message":"成功","user_id":{{{user}}},"attributes":{"level":3,"hobbies":["run","read"],"badge_no":"A1"}}""", written.Text);
        Assert.Equal(written.Text, (await world.AskAsync(PathOf(user), token)).Text);

        var subject = user.ToString();
        var line = await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().OrderBy(l => l.Id).LastAsync(l => l.SubjectId == subject && l.Action == "user.updated"));
        Assert.Equal((ActorKind.App, "商城"), (line.ActorKind, line.ActorName));
        Assert.Equal(2, (await world.EventsAsync(user.Value)).Count(e => e == "user.updated"));
    }

    [Theory, BothDatabases]
    public async Task What_is_not_allowed_is_110000_with_the_attributes_name(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City with { Required = true }, Level, Badge);
        var (user, other) = (await world.RegisteredAsync("13800000001"), await world.RegisteredAsync("13800000002"));
        await world.GiveAsync(other, ("city", "上海"), ("badge_no", "A1"));
        var token = await world.AppTokenAsync(world.AppKey);
        (string Told, string Body)[] table =
        [
            ("attributes.level", """{"attributes":{"city":"上海","level":10}}"""), ("attributes.colour", """{"attributes":{"colour":"red"}}"""),
            ("attributes.badge_no", """{"attributes":{"city":"上海","badge_no":"A1"}}"""), ("attributes.city", """{"attributes":{"level":1}}"""),
            ("attributes", "{}"), ("attributes", """{"attributes":null}"""), ("attributes", """{"attributes":[1]}"""), ("JSON", "{"), ("attributes", """{"attributes":{"\ud800":1}}"""),
        ];
        foreach (var (told, body) in table)
        {
            var answer = await PutAsync(world, user, token, body);
            Assert.Equal((HttpStatusCode.OK, "110000"), (answer.Status, answer.Json.GetProperty("result_code").GetString()));
            Assert.Contains(told, answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(await world.AttributesAsync(user));
        Assert.Equal("0", (await PutAsync(world, user, token, """{"attributes":{}}""")).Json.GetProperty("result_code").GetString());
    }

    [Theory, BothDatabases]
    public async Task Neither_without_a_token_nor_of_the_neighbours_users_is_anything_told_or_done(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City);
        await world.SchemaAsync(world.Production, Badge);
        var user = await world.RegisteredAsync("13800000001");
        await world.GiveAsync(user, ("city", "上海"));
        // In memory before the neighbour asks.
        await world.Get<ProfileReader>().ReadAsync(world.Development.Id, user);
        var production = await world.AppTokenAsync(world.ProductionAppKey);

        foreach (var (token, id, status, code) in new[]
        {
            (null, user, HttpStatusCode.Unauthorized, "100005"), ("nonsense", user, HttpStatusCode.Unauthorized, "100005"),
            (production, user, HttpStatusCode.NotFound, "110000"), (production, new UserId(42), HttpStatusCode.NotFound, "110000"),
        })
        {
            foreach (var answer in new[] { await world.AskAsync(PathOf(id), token), await PutAsync(world, id, token, """{"attributes":{"city":"北京"}}""") })
            {
                Assert.Equal((status, code), (answer.Status, answer.Json.GetProperty("result_code").GetString()));
                Assert.DoesNotContain("上海", answer.Text, StringComparison.Ordinal);
            }
        }

        Assert.Equal(["city=上海"], await world.AttributesAsync(user));
        Assert.Equal(HttpStatusCode.NotFound, (await world.AskAsync("/account/v1/users/abc/attributes", production)).Status);
    }

    [Theory, BothDatabases]
    public async Task The_id_of_who_was_merged_away_leads_to_who_goes_on(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SchemaAsync(City);
        var (gone, stays) = (await world.RegisteredAsync("13800000001"), await world.RegisteredAsync("13800000002"));
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
        {
            (await db.Set<User>().SingleAsync(u => u.Id == gone)).MergedInto = stays;
            db.Audit(Actor.Host, "user.merged", "user", gone.ToString());
            db.Signal(UserDirectory.Topic, gone.Value);
            return Outcome.Done;
        }));

        var answer = await PutAsync(world, gone, await world.AppTokenAsync(world.AppKey), """{"attributes":{"city":"上海"}}""");

        Assert.Equal(stays.Value, answer.Json.GetProperty("user_id").GetInt64());
        Assert.Equal(["city=上海"], await world.AttributesAsync(stays));
        Assert.Empty(await world.AttributesAsync(gone));
    }

    [Fact]
    public async Task The_schema_is_the_one_in_force_in_the_callers_environment()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.SchemaAsync(
            City with { Required = true, Description = "常住", Pattern = "^.+市?$" }, Level, Size,
            new() { Id = "height", Name = "身高", Type = AttributeType.Decimal, Max = 2.5m }, Hobbies with { Unique = true });
        var answer = await world.AskAsync("/account/v1/schema", await world.AppTokenAsync(world.AppKey));
        Assert.Equal(
            """
            {"result_code":"0","message":"成功","version":0,"attributes":[
            {"id":"city","name":"城市","description":"常住","type":"string","required":true,"unique":false,"read_only":false,"max_length":10,"pattern":"^.+市?$"},
            {"id":"level","name":"等级","type":"integer","required":false,"unique":false,"read_only":true,"min":0,"max":9},
            {"id":"size","name":"尺码","type":"enum","required":false,"unique":false,"read_only":false,"options":[{"code":"s","label":"小号"},{"code":"l","label":"大号"}]},
            {"id":"height","name":"身高","type":"decimal","required":false,"unique":false,"read_only":false,"max":2.5},
            {"id":"hobbies","name":"爱好","type":"multi-enum","required":false,"unique":true,"read_only":false,"options":[{"code":"run","label":"跑步"},{"code":"read","label":"读书"}]}]}
            """.ReplaceLineEndings(""),
            answer.Text);

        // The neighbour's has another, by the number under which it was published.
        await world.SchemaAsync(world.Production, Badge);
        World.Done(await world.Get<Store>().WriteAsync(world.Production.Scope, async db =>
        {
            (await db.Set<AttributeSchema>().SingleAsync(s => s.EnvironmentId == world.Production.Id)).Number = 7;
            db.Audit(Actor.Host, "attributes.published", "environment", world.Production.CorpId);
            db.Signal(AttributeCatalog.Topic);
            return Outcome.Done;
        }));
        var theirs = (await world.AskAsync("/account/v1/schema", await world.AppTokenAsync(world.ProductionAppKey))).Json;
        Assert.Equal((7, "badge_no"), (theirs.GetProperty("version").GetInt32(), Assert.Single(theirs.GetProperty("attributes").EnumerateArray()).GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.AskAsync("/account/v1/schema", null)).Status);
    }
}
